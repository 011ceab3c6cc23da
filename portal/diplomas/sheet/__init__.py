"""Workbooks of registers: finding the columns, reading the cells, writing them again."""
