"""「留痕」 What was done, by whom, when: append-only, sealed into a hash chain and a public Merkle tree."""
