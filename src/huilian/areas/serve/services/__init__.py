"""「便民服务代理」 One window in front, departments behind, an agent who goes instead, free of charge."""
