"""The fields that ways of transfer ask for besides the common ones, by the keys that stand in `Mode.fields`."""

FIELDS = {
    "pay_cycle": {"zh": "付款周期", "en": "Paid how often"},
    "allowed_use": {"zh": "约定用途", "en": "Use agreed"},
    "delivery": {"zh": "交付时间和方式", "en": "Delivery"},
    "share_percent": {"zh": "入股比例（%）", "en": "Share in per cent"},
    "dividend": {"zh": "收益分配", "en": "How earnings are shared"},
    "creditor": {"zh": "抵押权人", "en": "Creditor"},
    "loan_purpose": {"zh": "借款用途", "en": "What the loan is for"},
    "partner_duty": {"zh": "合作方责任", "en": "What the partner does"},
    "planning": {"zh": "规划条件", "en": "Planning conditions"},
    "days_to_build": {"zh": "工期（天）", "en": "Days to build"},
    "warranty_months": {"zh": "质保期（月）", "en": "Warranty in months"},
    "other_way": {"zh": "方式说明", "en": "Which way"},
}
