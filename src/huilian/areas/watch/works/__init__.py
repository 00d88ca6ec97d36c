"""村级工程与采购: from a proposal and its decision to contract, site, money, acceptance and archive."""
