"""Statistical disclosure control: nobody's answer can be read out of a table, by itself or with other tables."""
