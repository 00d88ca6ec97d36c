"""公章: each imprint asked for, agreed to, released once, photographed and written into the book of use."""
