"""The faces: portal for villagers, desk for officials, board for leaders, api for machines."""
