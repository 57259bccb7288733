"""The same model of care, written a second time, in SimPy: one process for each trajectory, post and report.

It shares with the engine the figures and the addressed draws, and no line of the course of events. So both must tell
the same story of every family, to the day. Transition rosters are left out here.
"""

from collections import deque

import numpy as np
import simpy

from kring.simulation.engine import begin, families, replication
from kring.simulation.engine import state as s
from kring.simulation.engine.streams import draw, exponential, lognormal, weibull
from kring.simulation.tests.simpy_records import Family, Post


class Region:
    def __init__(self, blueprint, seed, number):
        run, arguments = replication.prepare(blueprint, seed, number, 1)
        self.reports = arguments[:3]
        self.stock = arguments[3]
        self.env = simpy.Environment()
        self.p = {name: run.desk[name] for name in s.SETTINGS_RECORD.names}
        self.keys = list(run.desk["keys"])
        self.is_open = run.days["is_open"].tolist()
        self.before = run.days["before"].tolist()
        self.open_day = run.days["open_day"].tolist()
        self.share = run.days["network_share"].tolist()
        self.end = float(blueprint.days)
        self.posts = [Post(n, int(w["pool"]), int(w["room"])) for n, w in enumerate(run.workers)]
        self.pools = [[post for post in self.posts if post.pool == q] for q in range(len(s.POOLS))]
        self.queues = [[deque(), deque(), deque()] for _ in s.POOLS]
        self.stirred = set()
        self.told = []

    # --- chance and time ---

    def ask(self, purpose, tr, question):
        return draw(self.keys[purpose], tr.family, tr.nth, question)

    def lasts(self, tr, stage, mean, spread):
        return lognormal(self.ask(s.SERVICE, tr, stage * 6 + min(tr.visits, 5)), mean, spread)

    def worked(self, moment):
        day = int(moment)
        return self.before[day] + (moment - day if self.is_open[day] else 0.0)

    def work(self, days):
        """A timeout of so many working days."""
        end = self.worked(self.env.now) + days
        k = int(end)
        if k >= len(self.open_day) or self.open_day[k] < 0:
            return self.env.timeout(1e9)
        return self.env.timeout(self.open_day[k] + (end - k) - self.env.now)

    # --- people ---

    def present(self, q):
        return [post for post in self.pools[q] if post.is_present]

    def length(self, q):
        return sum(len(waiting) for waiting in self.queues[q])

    def find_room(self, q, weight, must):
        here = self.present(q)
        if not here:
            return None
        waiting = self.length(q) + (self.length(s.DUO) if q == s.LOCAL else 0)
        factor = 1.0 + self.p["stretch"] * min(1.0, waiting / (self.p["stretch_queue"] * len(here)))
        if not must and len(here) > 4 and sum(x.room for x in here) * factor - sum(x.load for x in here) < weight:
            return None
        best = max(here, key=lambda post: post.room * factor - post.load)
        if must or best.room * factor - best.load >= weight or best.load == 0:
            return best
        return None

    def weight(self, q, tr):
        if tr.kind == s.FOLLOW_UP:
            return round(100 * self.p["followup_work"])
        if q == s.DUO:
            return round(100 * self.p["duo_weight"])
        if q == s.LOCAL and tr.way == s.NETWORK and tr.severity > 0:
            return round(100 * self.p["duo_local_weight"])
        return 100

    def seize(self, tr, slot, post, weight):
        tr.posts[slot] = (post, post.face, weight)
        post.load += weight
        tr.faces += 1
        if tr.bare >= 0:
            tr.unattended += self.env.now - tr.bare
            tr.bare = -1.0

    def release(self, tr, slot):
        post, face, weight = tr.posts.pop(slot)
        post.load -= weight
        tr.faces += post.face - face
        if not tr.posts:
            tr.bare = self.env.now
        self.stirred.add(post.pool)

    def release_all(self, tr):
        for slot in sorted(tr.posts):
            self.release(tr, slot)

    def chance_of_post(self, post):
        post.spell += 1
        return draw(self.keys[s.WORKERS], post.number * 4096 + post.spell, 0, 0)

    def turnover(self, post, first):
        stay = first
        while True:
            yield self.env.timeout(exponential(stay, 365.25 / self.p["turnover"]))
            post.vacant = True
            vacancy = exponential(self.chance_of_post(post), self.p["vacancy_days"])
            self.settle({post.pool})
            yield self.env.timeout(vacancy)
            post.vacant = False
            post.face += 1
            stay = self.chance_of_post(post)
            self.settle({post.pool})

    def illness(self, post, first):
        well = first
        while True:
            share = self.p["illness"]
            yield self.env.timeout(exponential(well, self.p["illness_days"] * (1 - share) / share))
            post.ill = True
            spell = exponential(self.chance_of_post(post), self.p["illness_days"])
            self.settle({post.pool})
            yield self.env.timeout(spell)
            post.ill = False
            well = self.chance_of_post(post)
            self.settle({post.pool})

    # --- queues ---

    def first(self, q):
        return next((waiting[0] for waiting in self.queues[q] if waiting), None)

    def may_start(self, tr):
        return tr.priority == s.EMERGENCY or self.is_open[int(self.env.now)]

    def start(self, tr, q, *posts):
        self.queues[q][tr.priority].remove(tr)
        tr.queue = s.NO_QUEUE
        for slot, post, weight in posts:
            self.seize(tr, slot, post, weight)
        tr.granted.succeed()

    def dispatch(self, q):
        if q in (s.LOCAL, s.DUO):
            self.dispatch_local()
            return
        while (tr := self.first(q)) and self.may_start(tr):
            weight = self.weight(q, tr)
            post = self.find_room(q, weight, tr.priority == s.EMERGENCY)
            if not post:
                return
            self.start(tr, q, (2 if q in (s.BOARD, s.PETITION) else 0, post, weight))

    def dispatch_local(self):
        while True:
            alone, together, partner = self.first(s.LOCAL), self.first(s.DUO), None
            if alone and not self.may_start(alone):
                alone = None
            if together and self.may_start(together):
                partner = self.find_room(s.DUO, self.weight(s.DUO, together), together.priority == s.EMERGENCY)
            candidates = [tr for tr in (together if partner else None, alone) if tr]
            if not candidates:
                return
            tr = min(candidates, key=lambda tr: (tr.priority, tr.since))
            if len(candidates) == 2 and (alone.priority, alone.since) == (together.priority, together.since):
                tr = alone
            local = self.find_room(s.LOCAL, self.weight(s.LOCAL, tr), tr.priority == s.EMERGENCY)
            if not local:
                return
            if tr is alone:
                self.start(tr, s.LOCAL, (0, local, self.weight(s.LOCAL, tr)))
            else:
                weights = self.weight(s.LOCAL, tr), self.weight(s.DUO, tr)
                self.start(tr, s.DUO, (0, local, weights[0]), (1, partner, weights[1]))

    def settle(self, stirred=()):
        self.stirred |= set(stirred)
        for q in sorted(self.stirred):
            self.dispatch(q)
        self.stirred.clear()

    def wait_for(self, tr, q):
        """Wait until somebody begins. False when the family has left the queue: gone, or to the emergency judge."""
        now = self.env.now
        tr.since, tr.queue, tr.granted = now, q, self.env.event()
        tr.wait_no += 1
        self.queues[q][tr.priority].append(tr)
        self.settle({q})
        escalation = patience = None
        if not tr.granted.triggered and tr.kind != s.FOLLOW_UP:
            question = 2 * min(tr.wait_no, 31)
            hazard = self.p["escalation"][tr.severity]
            if hazard > 0 and tr.bare >= 0 and tr.priority != s.EMERGENCY:
                escalation = self.env.timeout(exponential(self.ask(s.WAITING, tr, question), 1.0 / hazard))
            voluntary = not (tr.destined or tr.order or tr.emergency)
            if q in (s.LOCAL, s.DUO) and voluntary and self.p["patience"] > 0:
                patience = self.env.timeout(exponential(self.ask(s.WAITING, tr, question + 1), self.p["patience"]))
        while not tr.granted.triggered:
            yield self.env.any_of([event for event in (tr.granted, escalation, patience) if event])
            if tr.granted.triggered:
                break
            if patience and patience.processed:
                self.queues[q][tr.priority].remove(tr)
                self.close(tr, s.LEFT_QUEUE)
                return False
            escalation = None
            turn = min(tr.escalated, 15)
            tr.escalated += 1
            chance = self.p["p_emergency"][tr.severity]
            if (
                not tr.order
                and not tr.emergency
                and tr.children
                and self.ask(s.ROUTE, tr, s.Q_ESCALATED + turn) < chance
            ):
                self.queues[q][tr.priority].remove(tr)
                yield from self.go_to_emergency_judge(tr)
                return False
            self.queues[q][tr.priority].remove(tr)
            tr.priority = s.EMERGENCY
            self.queues[q][tr.priority].append(tr)
            self.settle({q})
        if not tr.granted.processed:
            yield tr.granted
        return True

    # --- reports ---

    def everybody(self):
        for post in self.posts:
            leaving = self.chance_of_post(post)
            well = self.chance_of_post(post)
            self.env.process(self.turnover(post, leaving))
            self.env.process(self.illness(post, well))
        self.place_stock()
        self.env.process(self.openings())
        self.env.process(self.arrivals())
        self.env.run(until=self.end + 1e-9)  # what happens at the very end still counts

    def openings(self):
        for day in range(1, int(self.end) + 1):
            if self.is_open[day] and not self.is_open[day - 1]:
                yield self.env.timeout(day - self.env.now)
                self.settle(range(len(s.POOLS)))

    def arrivals(self):
        for family, moment in enumerate(self.reports[0]):
            yield self.env.timeout(moment - self.env.now)
            self.report(family, 0)

    def describe(self, family, nth, kind):
        tr = Family(family, nth, kind, self.env.now, bare=self.env.now)
        key, p = self.keys[s.FAMILY], self.p
        luck = draw(key, family, 0, s.Q_SEVERITY)
        light, structural, _ = p["severity_share"]
        tr.severity = 0 if luck < light else (1 if luck < light + structural else 2)
        if draw(key, family, 0, s.Q_CHILDREN) < p["p_children"]:
            count = draw(key, family, 0, s.Q_COUNT)
            one = p["p_one_child"]
            tr.children = 1 if count < one else (2 if count < one + p["p_two_children"] else 3)
        chance = p["causes"][tr.severity] / families.CAUSES
        tr.causes = sum(draw(key, family, 0, s.Q_CAUSES + 8 + k) < chance for k in range(families.CAUSES))
        self.told.append(tr)
        return tr

    def report(self, family, nth):
        tr = self.describe(family, nth, s.TRAJECTORY)
        tr.way = s.NETWORK if self.ask(s.ROUTE, tr, s.Q_WAY) < self.share[int(self.env.now)] else s.RELAY
        tr.acute = self.ask(s.ROUTE, tr, s.Q_ACUTE) < self.p["p_acute"][tr.severity]
        tr.priority = s.URGENT if tr.acute else s.NORMAL
        self.excite(tr)
        self.env.process(self.course(tr))

    def excite(self, tr):
        turn = 2 * min(tr.followups, 29)
        if self.ask(s.REPORTS, tr, turn) < self.p["followup_share"]:
            delay = exponential(self.ask(s.REPORTS, tr, turn + 1), self.p["followup_delay"])
            self.env.process(self.follow_up(tr, delay))

    def follow_up(self, tr, delay):
        yield self.env.timeout(delay)
        if tr.outcome != s.OPEN:
            return
        tr.followups += 1
        self.excite(tr)
        extra = self.describe(tr.family, tr.nth, s.FOLLOW_UP)
        extra.way, extra.visits, extra.acute = tr.way, tr.followups, tr.acute
        extra.priority = s.URGENT if tr.acute else s.NORMAL
        yield from self.triage(extra)
        extra.outcome, extra.closed, extra.bare = s.HELPED, self.env.now, -1.0

    def close(self, tr, outcome):
        tr.queue = s.NO_QUEUE
        if tr.bare >= 0:
            tr.unattended += self.env.now - tr.bare
            tr.bare = -1.0
        tr.outcome, tr.closed = outcome, self.env.now
        chance = self.p["return_share"]
        if outcome <= s.CLOSED_WITHOUT_HELP_UNTIL:
            chance = min(0.95, chance * self.p["return_unhelped"])
        if self.ask(s.REPORTS, tr, s.Q_RETURNS) < chance:
            luck = self.ask(s.REPORTS, tr, s.Q_RETURNS_WHEN)
            self.env.process(self.come_back(tr, weibull(luck, self.p["return_scale"], self.p["return_shape"])))
        self.settle()

    def come_back(self, tr, delay):
        yield self.env.timeout(delay)
        self.report(tr.family, tr.nth + 1)

    def place_stock(self):
        for k in range(self.stock):
            tr = self.describe(len(self.reports[0]) + k, 0, s.STOCK)
            tr.way = s.NETWORK if self.ask(s.ROUTE, tr, s.Q_WAY) < self.share[0] else s.RELAY
            tr.children, tr.order, tr.bare = max(tr.children, 1), s.SUPERVISION, -1.0
            held = [(0, s.INSTITUTION, 100)]
            if tr.way == s.NETWORK:
                held = [
                    (0, s.LOCAL, round(100 * self.p["order_local_weight"])),
                    (1, s.DUO, round(100 * self.p["order_partner_weight"])),
                ]
            for slot, q, weight in held:
                post = self.pools[q][k % len(self.pools[q])]
                tr.posts[slot] = (post, post.face, weight)
                post.load += weight
            self.env.process(self.rest_of_order(tr))

    def rest_of_order(self, tr):
        biased = self.supervision_days(tr) * (1 + self.p["supervision_spread"] ** 2)
        yield self.env.timeout(biased * self.ask(s.ROUTE, tr, 60))
        self.release_all(tr)
        self.close(tr, s.ORDERED)

    # --- the course of a trajectory ---

    def course(self, tr):
        if not (yield from self.triage(tr)):
            return
        p = self.p
        tr.triaged = self.env.now
        tr.priority = s.URGENT if tr.acute or tr.severity == s.GRAVEST else tr.priority
        tr.destined = self.is_destined(tr)
        emergency = self.ask(s.ROUTE, tr, s.Q_EMERGENCY) < p["p_emergency"][tr.severity]
        if tr.acute and tr.children and emergency:
            self.settle()
            yield from self.go_to_emergency_judge(tr)
        elif not tr.destined and self.ask(s.ROUTE, tr, s.Q_NO_HELP) < p["p_no_help"][tr.severity]:
            self.close(tr, s.WITHOUT_HELP)
        elif tr.way == s.NETWORK:
            alone = tr.severity == s.LIGHT and not tr.destined
            if (yield from self.hand_over(tr, s.LOCAL if alone else s.DUO, p["join_days"])):
                yield from (self.help(tr) if alone else self.duo(tr))
        else:
            yield from self.relay(tr)

    def triage(self, tr):
        q = s.INTAKE if tr.way == s.RELAY else s.FRONT
        if not (yield from self.wait_for(tr, q)):
            return False
        yield self.work(self.lasts(tr, s.TRIAGE, self.p["triage_days"], self.p["triage_spread"]))
        self.release(tr, 0)
        if tr.kind == s.FOLLOW_UP:
            self.settle()
        return True

    def is_destined(self, tr):
        if not tr.children or self.ask(s.FAMILY, tr, s.Q_BOARD) >= self.p["p_board"][tr.severity]:
            return False
        return tr.way == s.RELAY or self.ask(s.FAMILY, tr, s.Q_AVOIDED) >= self.p["orders_avoided"]

    def hand_over(self, tr, q, mean):
        turn = min(tr.handovers, 12)
        tr.handovers += 1
        voluntary = not (tr.destined or tr.order or tr.emergency)
        if voluntary and self.ask(s.ROUTE, tr, s.Q_LOST + turn) < self.p["lost_at_handover"]:
            self.close(tr, s.LOST_AT_HANDOVER)
            return False
        self.settle()
        yield self.env.timeout(lognormal(self.ask(s.SERVICE, tr, s.Q_MOVED + turn), mean, self.p["handover_spread"]))
        return (yield from self.wait_for(tr, q))

    def relay(self, tr):
        p = self.p
        if tr.destined or self.ask(s.ROUTE, tr, s.Q_INQUIRY) < p["p_inquiry"][tr.severity]:
            if not (yield from self.hand_over(tr, s.INQUIRY, p["handover_days"])):
                return
            yield self.work(self.lasts(tr, s.INQUIRING, p["inquiry_days"], p["inquiry_spread"]))
            self.release(tr, 0)
        if not (yield from self.hand_over(tr, s.LOCAL, p["handover_days"])):
            return
        if not tr.destined:
            yield from self.help(tr)
            return
        yield self.work(self.lasts(tr, s.TABLE, p["table_days"], p["table_spread"]))
        self.release(tr, 0)
        if (yield from self.hand_over(tr, s.BOARD, p["handover_days"])):
            yield from self.investigate(tr)

    def help(self, tr):
        p = self.p
        days = self.help_days(tr)
        stays = (1 - p["ended_early"]) * (1 - p["early_per_face"]) ** tr.handovers
        tr.early = self.ask(s.ROUTE, tr, s.Q_EARLY) >= stays
        if tr.early:
            days *= self.ask(s.ROUTE, tr, s.Q_EARLY_WHEN)
        if tr.helped < 0:
            tr.helped = self.env.now
        tr.visits += 1
        tr.stage = s.HELP
        yield self.work(days)
        self.release_all(tr)
        self.close(tr, s.ENDED_EARLY if tr.early else s.HELPED)

    def help_days(self, tr):
        p = self.p
        mean = p["help_days"] * max(0.25, 1 + p["help_per_cause"] * (tr.causes - p["causes_centre"]))
        return self.lasts(tr, s.HELP, mean, p["help_spread"])

    def investigate(self, tr):
        p = self.p
        name = "board" if tr.way == s.RELAY else "petition"
        yield self.work(self.lasts(tr, s.INVESTIGATION, p[f"{name}_days"], p[f"{name}_spread"]))
        self.release(tr, 2)
        if self.ask(s.ROUTE, tr, s.Q_REQUEST) >= p["request_share"]:
            yield from self.back_to_help(tr)
            return
        self.settle()
        yield self.env.timeout(lognormal(self.ask(s.SERVICE, tr, s.COURT * 6), p["court_days"], p["court_spread"]))
        if self.ask(s.ROUTE, tr, s.Q_GRANT) >= p["grant_share"]:
            yield from self.back_to_help(tr)
        elif not tr.emergency and self.ask(s.ROUTE, tr, s.Q_KIND) >= p["supervision_share"]:
            tr.order = s.OTHER_MEASURE
            self.release_all(tr)
            self.close(tr, s.OTHER_ORDER)
        else:
            yield from self.carry_out_order(tr)

    def carry_out_order(self, tr):
        tr.order = s.SUPERVISION
        if tr.way == s.NETWORK:
            tr.intake = tr.intake if tr.intake >= 0 else self.env.now
            for slot, name in ((0, "order_local_weight"), (1, "order_partner_weight")):
                post, face, weight = tr.posts[slot]
                post.load += round(100 * self.p[name]) - weight
                tr.posts[slot] = (post, face, round(100 * self.p[name]))
            self.settle({s.LOCAL, s.DUO})
        elif 0 not in tr.posts:
            if not (yield from self.hand_over(tr, s.INSTITUTION, self.p["handover_days"])):
                return
            tr.intake = self.env.now
            tr.helped = tr.helped if tr.helped >= 0 else self.env.now
        yield self.env.timeout(self.supervision_days(tr))
        self.release_all(tr)
        self.close(tr, s.ORDERED)

    def supervision_days(self, tr):
        luck = self.ask(s.SERVICE, tr, begin.Q_SUPERVISION)
        return lognormal(luck, self.p["supervision_days"], self.p["supervision_spread"])

    def back_to_help(self, tr):
        tr.destined = False
        if tr.way == s.NETWORK:
            if 1 in tr.posts:
                self.release(tr, 1)
            days = self.help_days(tr)
            done = self.worked(self.env.now) - self.worked(tr.helped)
            tr.visits += 1
            tr.stage = s.HELP
            self.settle()
            yield self.work(max(0.25 * days, days - done))
            self.release_all(tr)
            self.close(tr, s.ENDED_EARLY if tr.early else s.HELPED)
        else:
            self.release_all(tr)
            if (yield from self.hand_over(tr, s.LOCAL, self.p["handover_days"])):
                yield from self.help(tr)

    def go_to_emergency_judge(self, tr):
        tr.emergency = tr.destined = True
        tr.priority = s.EMERGENCY
        p = self.p
        luck = self.ask(s.SERVICE, tr, s.EMERGENCY_COURT * 6)
        yield self.env.timeout(lognormal(luck, p["emergency_court_days"], p["court_spread"]))
        if not (yield from self.wait_for(tr, s.DUO if tr.way == s.NETWORK else s.INSTITUTION)):
            return
        if tr.way == s.NETWORK:
            yield from self.duo(tr)
            return
        tr.intake = self.env.now
        tr.helped = tr.helped if tr.helped >= 0 else self.env.now
        yield self.env.timeout(p["handover_days"])
        if (yield from self.wait_for(tr, s.BOARD)):
            yield from self.investigate(tr)

    def duo(self, tr):
        p = self.p
        if not tr.destined:
            self.env.process(
                self.partner_leaves(tr, self.work(self.lasts(tr, s.INQUIRING, p["partner_days"], p["partner_spread"])))
            )
            yield from self.help(tr)
            return
        tr.helped = self.env.now
        wait = p["join_days"]
        if tr.emergency:
            tr.intake = self.env.now
        else:
            luck = self.ask(s.SERVICE, tr, begin.Q_PETITION_WAIT)
            wait = lognormal(luck, p["petition_wait"], p["petition_wait_spread"])
        yield self.env.timeout(wait)
        if (yield from self.wait_for(tr, s.PETITION)):
            yield from self.investigate(tr)

    def partner_leaves(self, tr, moment):
        yield moment
        if tr.outcome == s.OPEN and tr.stage == s.HELP and 1 in tr.posts:
            self.release(tr, 1)
            self.settle()


def run(blueprint, seed, number):
    """All trajectories of one replication, in order of report, as the engine tells them."""
    region = Region(blueprint, seed, number)
    region.everybody()
    return region


COMPARED = ("family", "nth", "kind", "report", "severity", "outcome", "handovers", "faces", "escalated", "order",
            "helped", "intake", "closed", "unattended", "followups")  # fmt: skip


def as_table(trajectories):
    """What both tell of each trajectory, one row each, sorted so that their order of making does not matter."""
    table = np.array([[float(getattr(tr, name)) for name in COMPARED] for tr in trajectories])
    return table[np.lexsort((table[:, 3], table[:, 1], table[:, 0]))]
