"""Where allauth asks the house how things are done here. Named in the settings; nothing else calls them."""
