"""Words of webhooks and of what is sent: how each stands, and why an attempt failed."""

from models.vocabulary import Word


class WebhookState(Word):
    """How a webhook stands."""

    ACTIVE = "ACTIVE", "เปิดใช้", "Events are sent to it."
    PAUSED = "PAUSED", "พักไว้", "The office has paused it; once active again it goes on where it stopped."
    DISABLED = (
        "DISABLED",
        "ระบบปิดไว้",
        "It failed for days, or answered 410, and was disabled; the office may activate it.",
    )
    REMOVED = "REMOVED", "ยกเลิกแล้ว", "It is gone: nothing is sent, and nobody is shown it."


class DeliveryState(Word):
    """How something that is to be sent stands."""

    PENDING = "PENDING", "รอส่ง", "It is sent as soon as its time has come."
    DELIVERED = "DELIVERED", "ส่งแล้ว", "The receiver took it."
    WITHHELD = "WITHHELD", "ไม่ส่ง", "The receiver may no longer be told, and was not."
    FAILED = "FAILED", "ส่งไม่สำเร็จ", "It was tried for days and given up."


class DeliveryFault(Word):
    """Why an attempt to deliver did not succeed."""

    STATUS = "STATUS", "ปลายทางไม่รับ", "The endpoint answered with another status than 2xx; redirects are not followed."
    TIMEOUT = "TIMEOUT", "ปลายทางตอบช้าเกินไป", "The endpoint did not answer in time."
    UNREACHABLE = (
        "UNREACHABLE",
        "ติดต่อปลายทางไม่ได้",
        "The endpoint was not found or not reached, or its certificate is not trusted.",
    )
    ADDRESS_REFUSED = (
        "ADDRESS_REFUSED",
        "ที่อยู่ปลายทางไม่ได้รับอนุญาต",
        "The endpoint's name leads to an address that is not public, or it is not https.",
    )


class NoticeChannel(Word):
    """A way to reach a person outside the service."""

    EMAIL = "EMAIL", "อีเมล", "By e-mail."
