"""The machinery every area uses. It knows no area."""
