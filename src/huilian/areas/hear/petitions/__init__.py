"""信访事项: suggestions, demands and appeals on the clocks of the regulation, from receipt to the last review."""
