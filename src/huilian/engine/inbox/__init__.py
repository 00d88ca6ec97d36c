"""「消息」 Notices to people in office: on their desk, and by e-mail or SMS through adapters.

An app declares its wordings in `notices.py`:  NOTICES = {"hotline.dispatched": Wording(_("{number} is yours now"))}
"""
