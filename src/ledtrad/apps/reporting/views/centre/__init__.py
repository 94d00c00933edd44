"""The centre's pages, one file each."""
