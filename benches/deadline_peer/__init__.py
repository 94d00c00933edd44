"""The peer of `script/bench deadline`: a bare Django project with one view that does one versioned update."""
