"""The fixed words of dispatch orders and picking lists, in both languages."""

from typing import Final

from optimizer.words.language import Language, Words

LABELS: Final[dict[str, Words]] = {
    # the sheet's head
    "order": {"en": "Dispatch order", "zh": "派工单"},
    "technician": {"en": "Technician", "zh": "技术员"},
    "branch": {"en": "Branch", "zh": "所属网点"},
    "hotline": {"en": "Hotline", "zh": "服务热线"},
    "means": {"en": "Goes by", "zh": "交通工具"},
    "leave": {"en": "Leave at", "zh": "出发"},
    "back": {"en": "Back at", "zh": "返回"},
    "returning": {"en": "back", "zh": "返回"},
    "from": {"en": "from {place}", "zh": "{place}"},
    "to": {"en": "to {place}", "zh": "{place}"},
    "home": {"en": "home", "zh": "住处"},
    "jobs": {"en": "Day", "zh": "全天"},
    "driving": {"en": "{time} driving", "zh": "路上 {time}"},
    "overtime": {"en": "overtime {time}", "zh": "加班 {time}"},
    "page": {"en": "Page {i} of {n}", "zh": "第 {i} 页，共 {n} 页"},
    "sheet": {"en": "Sheet {i} of {n}", "zh": "第 {i} 张，共 {n} 张"},
    "plan": {"en": "Plan {mark}", "zh": "方案 {mark}"},
    "issued": {"en": "as of {at}", "zh": "{at} 派工"},
    "night": {"en": "Night", "zh": "过夜"},
    "bed": {"en": "Bed", "zh": "住宿"},
    "housing_of": {"en": "in the housing of {branch}, free", "zh": "住{branch}宿舍，免费"},
    "bed_paid": {"en": "{bed}, up to {most} paid by the company", "zh": "{bed}，公司报销不超过 {most}"},
    "board_paid": {"en": "{bed}; {board} daily allowance", "zh": "{bed}；每日补贴 {board}"},
    "next_day": {"en": "Next day", "zh": "次日"},
    "from_there": {"en": "{at} from there", "zh": "{at} 从该处出发"},
    "back_there": {"en": "{at} back", "zh": "{at} 到达"},
    "stay_there": {"en": "no jobs, stay there", "zh": "没有工单，原地停留"},
    "from_night": {"en": "from the night {near}", "zh": "从过夜处（{near}）出发"},
    "to_night": {"en": "to the night {near}", "zh": "前往过夜处（{near}）"},
    # taking along
    "take_along": {"en": "Take along today", "zh": "今日携带"},
    "load_at": {"en": "Load at {place}", "zh": "{place} 领料"},
    "load_on_the_way": {"en": "Load at {place}", "zh": "{place} 补料"},
    "on_van": {"en": "On the van", "zh": "车上已有"},
    "special_tools": {"en": "Special tools", "zh": "专用工具"},
    "borrow_from": {"en": "Borrow from {place}", "zh": "{place} 借用"},
    "everyday_only": {
        "en": "Nothing beyond the everyday kit.",
        "zh": "常用工具包即可，无需另带。",
    },
    "for_jobs": {"en": "{thing} ({jobs})", "zh": "{thing}（{jobs}）"},
    "pieces": {"en": "{part} × {n}", "zh": "{part} × {n}"},
    "pieces_load": {"en": "{part} × {n} (loaded before leaving)", "zh": "{part} × {n}（出车前领料）"},
    "pieces_van": {"en": "{part} × {n} (on the van)", "zh": "{part} × {n}（车上）"},
    "pieces_way": {"en": "{part} × {n} (loaded on the way)", "zh": "{part} × {n}（途中补料）"},
    "pieces_mixed": {"en": "{part} × {n} ({where})", "zh": "{part} × {n}（{where}）"},
    "some_van": {"en": "{n} on the van", "zh": "车上 {n}"},
    "some_load": {"en": "{n} loaded before leaving", "zh": "出车前领料 {n}"},
    "some_way": {"en": "{n} loaded on the way", "zh": "途中补料 {n}"},
    # one job
    "leaving": {"en": "leave {at}", "zh": "{at} 出发"},
    "arriving": {"en": "arrive {at}", "zh": "{at} 到达"},
    "same_place": {"en": "same place", "zh": "同一地点"},
    "units": {"en": "{n} units", "zh": "{n} 台"},
    "call": {"en": "Call by {at}", "zh": "{at} 前致电客户"},
    "call_first": {"en": "Call first thing, {at}", "zh": "{at} 上岗先致电客户"},
    "first_call": {
        "en": "First call still owed: by {at}, and confirm the visit",
        "zh": "尚未首次联系：{at} 前致电并确认上门",
    },
    "first_call_early": {
        "en": "First call still owed, due {at} before your shift: make it, or ask the desk to",
        "zh": "尚未首次联系：{at} 前致电并确认上门（早于上岗时间，可请服务台代打）",
    },
    "first_call_late": {
        "en": "First call is overdue (was due {at}): call at once and confirm the visit",
        "zh": "首次联系已超时（应在 {at} 前）：立即致电并确认上门",
    },
    "unreachable": {
        "en": "The customer could not be reached; the agreed time stands.",
        "zh": "此前联系不上客户，按约定时间上门。",
    },
    "crew": {"en": "Crew", "zh": "协作"},
    "you": {"en": "you", "zh": "您"},
    "you_lead": {
        "en": "you lead and answer for safety; with {mates}. {meet}",
        "zh": "由您主责并负责安全；同行：{mates}。{meet}",
    },
    "led_by": {
        "en": "{lead} leads and answers for safety{mates}. {meet} {lead} calls the customer.",
        "zh": "{lead} 主责并负责安全{mates}。{meet}由主责人致电客户。",
    },
    "also_with": {"en": "; also with {mates}", "zh": "；同行：{mates}"},
    "meet": {
        "en": "Meet at the address, begin together at {at}.",
        "zh": "在现场会合，{at} 同时开始。",
    },
    "mate_there": {"en": "{who} (there {at})", "zh": "{who}（{at} 到）"},
    "leads_tag": {"en": "Leads crew of {n}", "zh": "{n} 人组主责"},
    "mate_tag": {"en": "Crew of {n}", "zh": "{n} 人组"},
    "shared_tool": {"en": "Shared tool", "zh": "共用工具"},
    "hand_over": {"en": "handed over by {at}", "zh": "{at} 前交接"},
    "no_phone": {"en": "no telephone given: ask the desk", "zh": "未留电话，请问服务台"},
    "no_customer": {"en": "customer not named", "zh": "未留姓名"},
    "appointment": {"en": "Agreed", "zh": "预约"},
    "promised": {"en": "Promised", "zh": "已承诺"},
    "fault": {"en": "Reported", "zh": "报修内容"},
    "ordered": {"en": "Ordered", "zh": "工作内容"},
    "wishes": {"en": "Wishes", "zh": "客户要求"},
    "take": {"en": "Take", "zh": "携带"},
    "carry": {"en": "Certificates", "zh": "持证"},
    # dangers
    "belt": {
        "en": "Working height {n} m outside: safety belt on, made fast before stepping out.",
        "zh": "室外作业高度 {n} 米：系好安全带，挂牢后再出户。",
    },
    "rope": {
        "en": "Outdoor unit on floor {n}: secure unit and tools with the rope, close off the ground below.",
        "zh": "室外机在 {n} 楼：用安全绳系牢机器和工具，楼下设警戒。",
    },
    "high_voltage": {
        "en": "High voltage: only with the certificate; switch off, wait, test for no voltage, lock.",
        "zh": "高压作业：持证操作，先断电、等待放电、验电、挂牌。",
    },
    "power_supply": {
        "en": "Power supply work: only with the electrician's certificate; switch off, test for no voltage, lock.",
        "zh": "电源作业：持电工证操作，先断电、验电、挂牌。",
    },
    "fire": {
        "en": "Open flame: clear what burns, extinguisher at hand, check again afterwards.",
        "zh": "动火作业：清开易燃物，备好灭火器，完工后复查。",
    },
    "flammable": {
        "en": "Flammable refrigerant: air the room, no flame or spark, use a leak detector.",
        "zh": "可燃冷媒：通风，禁明火和火花，用检漏仪检漏。",
    },
    "always": {
        "en": "Power off before opening any unit. Not safe or not ready? Stop and call the hotline.",
        "zh": "开机检修前先断电。现场不安全或条件不具备，停工并致电热线。",
    },
    # site
    "power_supply_fit": {
        "en": "The power supply does not carry the unit yet: do not start before it does.",
        "zh": "电源容量不足：整改后方可开工。",
    },
    "property_consent": {
        "en": "The property management has not agreed yet: do not start before it has.",
        "zh": "物业尚未同意：取得同意后方可开工。",
    },
    "confirmations_signed": {
        "en": "The customer has not signed the confirmations yet: signature first.",
        "zh": "客户尚未签确认单：先签字再开工。",
    },
    # what is special
    "complaint": {"en": "Complaint", "zh": "投诉"},
    "strong": {"en": "Strong complaint", "zh": "重大投诉"},
    "complaint_note": {
        "en": "The customer has complained: listen first, settle it today, report to the dispatcher at once.",
        "zh": "客户已投诉：先听客户说，当天解决，处理完立即报派工员。",
    },
    "strong_note": {
        "en": "Strong complaint, arranged by the manager: report the result to the manager at once.",
        "zh": "重大投诉，由经理亲自安排：处理结果立即报经理。",
    },
    "visit_tools": {
        "en": "Second visit: tools were missing the first time. Check them before leaving.",
        "zh": "二次上门：上次缺工具，出发前逐件核对。",
    },
    "visit_parts": {
        "en": "Second visit: parts were missing the first time. Check them before leaving.",
        "zh": "二次上门：上次缺配件，出发前逐件核对。",
    },
    "visit_fault_back": {
        "en": "Second visit: the mended fault came back. Find the cause, not only the fault.",
        "zh": "二次上门：故障复发，务必查清原因。",
    },
    "second_visit": {"en": "Second visit", "zh": "二次上门"},
    "rework": {"en": "Rework", "zh": "返工"},
    "rework_own": {
        "en": "Rework of your own installation of {day}: {fault}.",
        "zh": "返工：您 {day} 安装的机器{fault}。",
    },
    "rework_other": {
        "en": "Rework: {fault}; installed by {who} on {day}.",
        "zh": "返工：{who} {day} 安装的机器{fault}。",
    },
    "rework_failed": {
        "en": "The installer was there and could not mend it.",
        "zh": "原安装工到过现场未修好。",
    },
    "water_leak": {"en": "water leak", "zh": "漏水"},
    "refrigerant_leak": {"en": "refrigerant leak", "zh": "漏氟"},
    "other": {"en": "other fault", "zh": "出现其他故障"},
    "free": {"en": "Under warranty until {day}: free of charge.", "zh": "保修期至 {day}，免费。"},
    "expired": {
        "en": "Warranty ended {day}: name the price and get consent before work.",
        "zh": "保修期已于 {day} 届满：先报价，客户同意后再动手。",
    },
    "test_run": {"en": "test run ≥ {n} min", "zh": "试机不少于 {n} 分钟"},
    # what is written by hand
    "arrived": {"en": "Arrived", "zh": "到达"},
    "finished": {"en": "Finished", "zh": "完工"},
    "serial": {"en": "Serial no. / reading", "zh": "机号 / 读数"},
    "customer_signs": {"en": "Customer's signature", "zh": "客户签字"},
    "report": {"en": "Report", "zh": "汇报"},
    "technician_signs": {"en": "Technician's signature", "zh": "技术员签字"},
    "desk_signs": {"en": "Dispatcher's signature", "zh": "派工员签字"},
    "parts_back": {"en": "Parts brought back", "zh": "退回配件"},
    "odometer": {"en": "Odometer out / in", "zh": "里程表 出 / 回"},
    # the picking list
    "picking": {"en": "Picking list", "zh": "领料单"},
    "part": {"en": "Part", "zh": "配件"},
    "take_pieces": {"en": "Take", "zh": "领用"},
    "before": {"en": "In stock", "zh": "领前库存"},
    "after": {"en": "Left", "zh": "领后库存"},
    "total": {"en": "Total", "zh": "合计"},
    "hand_to": {"en": "Hand out and check", "zh": "发放与核对"},
    "from_shelf": {"en": "From the shelf", "zh": "从货架取"},
    "leaves": {"en": "Leaves", "zh": "出发"},
    "comes": {"en": "comes {at}", "zh": "{at} 途中来领"},
    "what": {"en": "What", "zh": "物品"},
    "received": {"en": "Received (signature)", "zh": "领用人签字"},
    "shared": {"en": "Shared tools, to be brought back", "zh": "共用工具（须归还）"},
    "tool": {"en": "Tool", "zh": "工具"},
    "asked": {"en": "Asked for", "zh": "需用"},
    "available": {"en": "Available", "zh": "现有"},
    "too_few": {
        "en": "{tool}: {asked} technicians need one, there are {available}. Arrange who passes it on.",
        "zh": "{tool}：{asked} 人需用，现有 {available} 件，请安排交接。",
    },
    "where_to": {"en": "Where to", "zh": "去向"},
    "comes_back": {"en": "Back at", "zh": "归还时间"},
    "taken_by": {"en": "{who} takes it along: {jobs}, needed at {at}", "zh": "{who} 携带：{jobs}，{at} 用"},
    "brought_to": {
        "en": "nobody who starts here: have it brought: {jobs}, needed at {at}",
        "zh": "无人从本网点携带，请安排送达：{jobs}，{at} 用",
    },
    "own": {"en": "{thing} – own, check", "zh": "{thing}（自带，核对）"},
    "returned": {"en": "Returned", "zh": "归还"},
    "store_signs": {"en": "Storekeeper's signature", "zh": "库管签字"},
    # the whole
    "nothing": {"en": "No technician has work on these days.", "zh": "这些天没有派工。"},
}
"""Every fixed word and sentence; words in braces are filled in."""


def label(key: str, language: Language, **filled: object) -> str:
    """Return a fixed word or sentence.

    Parameters
    ----------
    key : which one
    language : English or Chinese
    filled : what stands in the braces; text from elsewhere is put in as it is, its own braces included
    """
    return LABELS[key][language].format(**filled)
