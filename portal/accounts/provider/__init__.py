"""The identity provider of the demo and of the tests: a process that plays VNeID."""
