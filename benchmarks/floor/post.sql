(
    SELECT seat.id, account.title || account.given_name || ' ' || account.family_name AS incumbent,
        CASE WHEN seat.area_code IS NULL THEN CASE seat.kind WHEN 'OFFICER' THEN 'เจ้าหน้าที่' WHEN 'OFFICE_HEAD' THEN 'หัวหน้าสำนักงาน'
                 ELSE 'ผู้ประสานงานจังหวัด' END || ' ' || office.name_th
             WHEN seat.kind = 'VOLUNTEER' THEN 'อาสาสมัครแรงงาน' || CASE WHEN area.code LIKE '10%' THEN 'แขวง' ELSE 'ตำบล' END || area.name_th
             ELSE 'พี่เลี้ยงอาสาสมัครแรงงาน' || CASE WHEN area.code LIKE '10%' THEN 'เขต' ELSE 'อำเภอ' END || area.name_th END AS name
    FROM seat
    JOIN incumbency ON incumbency.seat_id = seat.id AND incumbency.until IS NULL
    JOIN account ON account.id = incumbency.account_id
    LEFT JOIN area ON area.code = seat.area_code
    LEFT JOIN office ON office.id = seat.office_id
    WHERE seat.id = {id} LIMIT 1
)
