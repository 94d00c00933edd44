"""Boards' and units' reports (rapporter) period by period: from the first typed figure to the locked decision."""
