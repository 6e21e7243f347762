"""What somebody at the desk has to call, answer or write, in words."""

from optimizer.domain.assessment import DeskTask
from optimizer.words.language import Language


def desk_task_words(task: DeskTask, language: Language = "en") -> str:
    """Return what to do.

    Parameters
    ----------
    task : the task
    language : English or Chinese; a task of an unknown rule has its English sentence
    """
    return task.sentence if language == "en" else _chinese(task)


def _chinese(task: DeskTask) -> str:
    job = task.job_id
    match task.code:
        case "REPLY_FAR":
            return f"给 {job} 的客户约定上门时间。"
        case "CONTACT" if task.owner == "desk":
            return f"致电 {job} 的客户：暂时排不出人手。"
        case "CONTACT":
            return f"致电 {job} 的客户，确认上门时间。"
        case "RESPOND":
            return f"答复 {job} 的报修，先尝试远程指导。"
        case "REPLY_WRITTEN":
            return f"就 {job} 的传动系统故障发出书面答复。"
        case "FOLLOW_UP" if task.batch_id is not None:
            return f"回访{_customer(task)}：批次 {task.batch_id} 修好的机器是否正常。"
        case "FOLLOW_UP":
            return f"回访 {job} 的客户：上门后是否一切正常。"
        case "PROGRESS_CHECK":
            who = "技术员" if task.technician_id is None else f" {task.technician_id} "
            return f"向{who}询问 {job} 的进度。"
        case "COMPLAINT" if task.owner == "manager":
            return f"亲自安排重大投诉 {job}。"
        case "COMPLAINT":
            return f"受理投诉 {job}，告知客户已收到。"
        case "PERIODIC_VISIT":
            return f"致电{_customer(task)}：保修期内的每月例行电话。"
        case _:
            return task.sentence


def _customer(task: DeskTask) -> str:
    return "客户" if task.customer_id is None else f"客户 {task.customer_id}"
