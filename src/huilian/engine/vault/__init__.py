"""「封存」 Sealed boxes: what people confide, opened only by those it was sealed to, each look written down."""
