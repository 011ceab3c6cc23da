"""What the catalogue of components shows: a form with every kind of field, and made-up rows."""
