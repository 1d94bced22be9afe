"""What may keep Prasan from starting, told to the person who starts it."""


class StartupProblem(Exception):  # noqa: N818 - it is told to a person, who has a problem and not an error
    """Prasan cannot start; the text is one sentence that says what to do."""


MIGRATE_FIRST = "กรุณารัน prasan migrate ก่อน\nRun `prasan migrate` first: the database is not at this version's schema."
CONNECTION_LOST = (
    "การเชื่อมต่อฐานข้อมูลขาดหาย งานที่บันทึกแล้วไม่สูญหาย กรุณารันคำสั่งเดิมอีกครั้ง\n"
    "The connection to PostgreSQL was lost: what is committed stands, run the same command again."
)
