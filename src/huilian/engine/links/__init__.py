"""「关联」 Which thing led to which, across areas, without a foreign key between them."""
