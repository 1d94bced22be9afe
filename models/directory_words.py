"""The words of a directory's import: what a list may tell of a post, what came of a row, and what was wrong with it."""

from models.vocabulary import Word


class ListField(Word):
    """A column of a list; the Thai word is its heading in the template."""

    TITLE = "TITLE", "คำนำหน้า", "Title. May also stand before the name."
    NAME = "NAME", "ชื่อ-สกุล", "Given and family name in Thai."
    GIVEN_NAME = "GIVEN_NAME", "ชื่อ", "Given name in Thai, where the family name has a column of its own."
    FAMILY_NAME = "FAMILY_NAME", "สกุล", "Family name in Thai."
    GIVEN_NAME_EN = "GIVEN_NAME_EN", "ชื่อ (อังกฤษ)", "Given name in Latin letters. Left blank, the Thai one stands."
    FAMILY_NAME_EN = "FAMILY_NAME_EN", "สกุล (อังกฤษ)", "Family name in Latin letters. Left blank, the Thai one stands."
    ROLE = (
        "ROLE",
        "ตำแหน่ง",
        "Volunteer or mentor. Left blank, a volunteer where a tambon is named; on a list that says so a mentor.",
    )
    PROVINCE = "PROVINCE", "จังหวัด", "Province. May stand above the headings instead."
    AMPHOE = "AMPHOE", "อำเภอ", "Amphoe, in Bangkok khet. Left blank, that of the row above."
    TAMBON = "TAMBON", "ตำบล", "Tambon, in Bangkok khwaeng, or its six digits."
    PHONE = "PHONE", "โทรศัพท์", "Phone, written in any way. Tells people of one name apart."
    SINCE = "SINCE", "วันที่เริ่ม", "First day in the post. A day that has passed means from now on."
    UNTIL = "UNTIL", "วันที่สิ้นสุด", "Last day in the post. Left blank, nothing is said about an end."
    SUBJECT = "SUBJECT", "รหัสผู้ใช้", "The `sub` that the identity provider gives the person; needed to sign in."


class RowOutcome(Word):
    """What a row of a list comes to."""

    SEAT_MADE = "SEAT_MADE", "ตั้งตำแหน่งว่าง", "The post is made, and is empty."
    SEAT_MADE_AND_FILLED = "SEAT_MADE_AND_FILLED", "ตั้งตำแหน่งและแต่งตั้ง", "The post is made, and the person appointed."
    APPOINTED = "APPOINTED", "แต่งตั้ง", "The person is appointed to the post, which is empty then."
    REPLACED = "REPLACED", "เปลี่ยนตัว", "The person follows the one who fills the post."
    ENDED = "ENDED", "กำหนดวันพ้นตำแหน่ง", "The person's time in the post gets this end."
    UPDATED = "UPDATED", "แก้ไขข้อมูลบุคคล", "The person fills the post already; what is known of them changes."
    UNCHANGED = "UNCHANGED", "ไม่เปลี่ยนแปลง", "The directory says the same already."
    REFUSED = "REFUSED", "ต้องแก้ไข", "Nothing is done: the row has to be mended first."


class RowProblem(Word):
    """What is wrong with a row, and what to write instead."""

    NAME_MISSING = "NAME_MISSING", "ไม่มีชื่อ กรุณาใส่ชื่อและนามสกุล หรือเขียนว่า ว่าง", "Write the name, or ว่าง for an empty post."
    FAMILY_NAME_MISSING = (
        "FAMILY_NAME_MISSING",
        "“{text}” ไม่มีนามสกุล กรุณาใส่ชื่อและนามสกุลเว้นวรรคหนึ่งช่อง",
        "“{text}” has no family name: write both, with a space between.",
    )
    TEXT_WRONG = "TEXT_WRONG", "“{text}” ยาวเกินหรือมีอักขระเสีย กรุณาพิมพ์ใหม่", "“{text}” is too long or broken: type it anew."
    NAME_WRONG = (
        "NAME_WRONG",
        "“{text}” ไม่ใช่ชื่อและนามสกุลของคนเดียว กรุณาเขียนเฉพาะชื่อและนามสกุล แถวละหนึ่งคน",
        "“{text}” is not the given and family name of one person: write these alone, one person in a row.",
    )
    PHONE_WRONG = (
        "PHONE_WRONG",
        "“{text}” ไม่ใช่หมายเลขโทรศัพท์ กรุณาตรวจตัวเลข หรือเว้นว่าง",
        "“{text}” is no phone number: check the digits, or leave it blank.",
    )
    SUBJECT_WRONG = (
        "SUBJECT_WRONG",
        "“{text}” ไม่ใช่รหัสผู้ใช้ (UUID) กรุณาคัดลอกจากระบบยืนยันตัวตน หรือเว้นว่าง",
        "“{text}” is no `sub` (UUID): copy it from the identity provider, or leave it blank.",
    )
    ROLE_UNKNOWN = (
        "ROLE_UNKNOWN",
        "ตำแหน่ง “{text}” นำเข้าไม่ได้ กรุณาเขียน อาสาสมัครแรงงาน หรือ พี่เลี้ยง ตำแหน่งอื่นตั้งในระบบ",
        "“{text}” cannot be imported: write อาสาสมัครแรงงาน or พี่เลี้ยง; other posts are made in the service.",
    )
    ROLE_MISSING = (
        "ROLE_MISSING",
        "ไม่มีตำบลและตำแหน่ง กรุณาใส่ตำบลของอาสาสมัคร หรือเขียนตำแหน่งว่า พี่เลี้ยง",
        "Name the tambon of a volunteer, or write พี่เลี้ยง as the role of a mentor.",
    )
    PLACE_MISSING = (
        "PLACE_MISSING",
        "ไม่มีพื้นที่ กรุณาใส่ตำบลของอาสาสมัคร หรืออำเภอของพี่เลี้ยง",
        "Name the tambon of a volunteer, or the amphoe of a mentor.",
    )
    PLACES_SEVERAL = (
        "PLACES_SEVERAL",
        "“{text}” มีมากกว่าหนึ่งพื้นที่ กรุณาเขียนแถวละหนึ่งพื้นที่",
        "“{text}” names more than one place: write one in each row.",
    )
    PROVINCE_UNKNOWN = (
        "PROVINCE_UNKNOWN",
        "ไม่พบจังหวัด “{text}” อาจหมายถึง {near}",
        "There is no province “{text}”. Near it: {near}.",
    )
    AMPHOE_UNKNOWN = (
        "AMPHOE_UNKNOWN",
        "ไม่พบอำเภอ “{text}” อาจหมายถึง {near}",
        "There is no amphoe “{text}” there. Near it: {near}.",
    )
    AMPHOE_AMBIGUOUS = (
        "AMPHOE_AMBIGUOUS",
        "มีอำเภอ “{text}” หลายแห่ง กรุณาใส่จังหวัด: {near}",
        "Several amphoe are called “{text}”; name the province: {near}.",
    )
    TAMBON_UNKNOWN = (
        "TAMBON_UNKNOWN",
        "ไม่พบตำบล “{text}” อาจหมายถึง {near}",
        "There is no tambon “{text}” there. Near it: {near}.",
    )
    TAMBON_AMBIGUOUS = (
        "TAMBON_AMBIGUOUS",
        "มีตำบล “{text}” หลายแห่ง กรุณาใส่อำเภอและจังหวัด: {near}",
        "Several tambon are called “{text}”; name amphoe and province: {near}.",
    )
    DATE_WRONG = (
        "DATE_WRONG",
        "อ่านวันที่ “{text}” ไม่ได้ กรุณาเขียน เช่น 1 ต.ค. 2569 หรือ 01/10/2569",
        "“{text}” is no date: write for example 1 ต.ค. 2569 or 01/10/2569.",
    )
    YEAR_AMBIGUOUS = (
        "YEAR_AMBIGUOUS",
        "ปีใน “{text}” อ่านได้สองอย่าง กรุณาเขียนปี พ.ศ. สี่หลัก",
        "The year in “{text}” can be read in two ways: write the four digits of the Buddhist year.",
    )
    DATE_TOO_FAR = "DATE_TOO_FAR", "วันที่ {text} ไกลเกินหนึ่งปี กรุณานำเข้าอีกครั้งเมื่อใกล้ถึง", "{text} is more than a year ahead."
    PERIOD_EMPTY = (
        "PERIOD_EMPTY",
        "วันที่สิ้นสุดอยู่ก่อนวันที่เริ่ม กรุณาแก้ไขวันที่",
        "The last day is before the first: correct the dates.",
    )
    POST_TWICE = (
        "POST_TWICE",
        "มีสองคนในตำแหน่งเดียวกันช่วงเดียวกัน (ดูแถว {row}) กรุณาเหลือคนเดียว หรือใส่วันที่เริ่มและสิ้นสุด",
        "Two people fill this post at the same time (see row {row}): leave one, or give the days of both.",
    )
    DAYS_DIFFER = (
        "DAYS_DIFFER",
        "แถว {row} ให้วันสิ้นสุดของคนนี้ในตำแหน่งนี้ไว้ต่างกัน กรุณาเหลือแถวเดียว",
        "Row {row} gives this person another last day in this post: leave one of the rows.",
    )
    PHONES_DIFFER = (
        "PHONES_DIFFER",
        "แถว {row} ให้โทรศัพท์ของคนนี้ไว้ต่างกัน กรุณาเขียนหมายเลขเดียวกัน",
        "Row {row} gives this person another phone: write the same in both.",
    )
    SUBJECTS_DIFFER = (
        "SUBJECTS_DIFFER",
        "แถว {row} ให้รหัสผู้ใช้ของคนนี้ไว้ต่างกัน กรุณาเขียนรหัสเดียวกัน",
        "Row {row} gives this person another `sub`: write the same in both.",
    )
    REPLACING_NEEDS_DATE = (
        "REPLACING_NEEDS_DATE",
        "{name} ดำรงตำแหน่งนี้อยู่ หากเปลี่ยนคน กรุณาใส่วันที่เริ่มของคนใหม่",
        "{name} fills this post. If it is somebody new, give the day on which they begin.",
    )
    LIST_OLDER = (
        "LIST_OLDER",
        "{name} ดำรงตำแหน่งนี้ตั้งแต่ {day} ซึ่งหลังวันที่ในรายชื่อ หากเปลี่ยนคนจริง กรุณาใส่วันที่หลังจากนั้น",
        "{name} fills this post since {day}, later than the list says. If somebody follows, give a later day.",
    )
    LEFT_EARLIER = (
        "LEFT_EARLIER",
        "ในระบบ {name} ดำรงตำแหน่งนี้ตั้งแต่ {day} หากพ้นแล้ว กรุณาใส่วันสิ้นสุดเป็นวันนี้หรือหลังจากนี้",
        "{name} fills this post since {day} by the directory: to end that, write today or a later day as the last day.",
    )
    PERSON_ALIKE = (
        "PERSON_ALIKE",
        "ชื่อคล้ายกับ {name} ซึ่งมีอยู่แล้ว ถ้าเป็นคนเดียวกัน กรุณาเขียนชื่อให้ตรงกัน ถ้าคนละคน กรุณาใส่โทรศัพท์ที่ต่างกัน",
        "The name is like that of {name}. If it is the same person, write it so; if not, give another phone.",
    )
    PHONE_NEEDED = (
        "PHONE_NEEDED",
        "มี {name} อยู่แล้วในจังหวัดนี้ กรุณาใส่โทรศัพท์เพื่อให้รู้ว่าเป็นคนเดียวกันหรือไม่",
        "There is a {name} in the province: give the phone, so that it is known whether this is the same person.",
    )
    SUBJECT_OF_ANOTHER = (
        "SUBJECT_OF_ANOTHER",
        "รหัสผู้ใช้นี้เป็นของ {name} กรุณาตรวจสอบ",
        "This `sub` belongs to {name}: check it.",
    )
    SUBJECT_DIFFERS = (
        "SUBJECT_DIFFERS",
        "{name} มีรหัสผู้ใช้อื่นอยู่แล้ว กรุณาตรวจสอบ หรือเว้นว่าง",
        "{name} has another `sub` already: check it, or leave it blank.",
    )
    PLANNED_OTHERWISE = (
        "PLANNED_OTHERWISE",
        "มีการแต่งตั้ง {name} ตั้งแต่ {day} ไว้แล้ว กรุณายกเลิกก่อน หรือใส่วันที่สิ้นสุดก่อนวันนั้น",
        "{name} is appointed from {day} on: end that first, or give a last day before it.",
    )
    POST_FILLED = (
        "POST_FILLED",
        "{name} ดำรงตำแหน่งนี้อยู่ หากพ้นแล้ว กรุณาเขียนชื่อพร้อมวันที่สิ้นสุด",
        "{name} fills this post. If they have left, write the name with the last day.",
    )
    POSTS_SEVERAL = (
        "POSTS_SEVERAL",
        "พื้นที่นี้มีหลายตำแหน่ง กรุณาแต่งตั้งในระบบ",
        "There are several such posts here: appoint in the service.",
    )
    DECLINED = "DECLINED", "{th}", "{en}"


class RowNote(Word):
    """What else is to be known of a row that is not refused."""

    FROM_NOW = "FROM_NOW", "วันในรายชื่อผ่านมาแล้ว", "The first day has passed: from now on."
    END_FAR = "END_FAR", "วันสิ้นสุดไกลเกินหนึ่งปี จึงยังไม่บันทึก", "The last day is over a year ahead: not recorded yet."
    SAME_AS_ROW = "SAME_AS_ROW", "ซ้ำกับแถว {row}", "The same as row {row}."
    PAST = "PAST", "เป็นช่วงที่ผ่านมาแล้ว", "It is about a time that is over."
