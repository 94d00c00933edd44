"""Settings, addresses, base templates, design tokens and the command line."""
