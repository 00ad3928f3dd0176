import os
import sys
import time

running = 0
most = 0


def handle(context, payload):
    global running, most
    print("called for", payload.get("id") or payload.get("do"))
    print("nothing is wrong yet", file=sys.stderr)
    what = payload.get("do")
    if what == "input":
        raise ValueError("no order in it")
    if what == "fail":
        raise RuntimeError("the printer is on fire")
    if what == "nojson":
        return {1, 2}
    if what == "hang":
        while True:
            pass
    if what == "end":
        os._exit(3)
    if what == "secrets":
        return {"secrets": context["secrets"], "environment": sorted(os.environ)}
    if what == "slow":
        running += 1
        most = max(most, running)
        if payload.get("begun"):
            open(payload["begun"], "w").close()
        time.sleep(payload.get("seconds", 0.05))
        running -= 1
        return most
    return {"event": context["event"]["eventType"] if "event" in context else None, "got": payload}
