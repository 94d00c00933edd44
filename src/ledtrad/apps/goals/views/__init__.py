"""The goals' pages, one file each."""
