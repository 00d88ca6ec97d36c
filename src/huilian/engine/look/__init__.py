"""「外观」 The design system: page frames, parts, drawn figures, forms, preferences and error pages. Knows no area."""
