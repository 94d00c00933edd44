"""The same publishing as Django would have it done: model objects, a Django template, csv and json."""
