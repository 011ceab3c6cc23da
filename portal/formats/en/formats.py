"""How dates and numbers are written: 03/06/2027, 9:40, 1.250.000."""

DATE_FORMAT = "d/m/Y"
SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "G:i d/m/Y"
SHORT_DATETIME_FORMAT = "G:i d/m/Y"
TIME_FORMAT = "G:i"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
THOUSAND_SEPARATOR = "."
DECIMAL_SEPARATOR = ","
NUMBER_GROUPING = 3
