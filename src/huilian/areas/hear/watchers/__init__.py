"""群众监督网络: who watches in villages and offices, what they do, and what becomes of what they say."""
