"""Who gets what on each route: answer, and which roles (tests/world.py) get it. `rest` is everybody not named.

`sign-in`: sent to sign in. An empty form that is sent comes back (200) with what is missing, or is refused (403).
"""

GROUPS = {
    "everybody": "anonymous outsider_same outsider_other fixed_face deputy safety_partner scoped_expert care_provider desk duty"
    " team_leader reviewer inspector administrator adult_member blocked_parent child network invited sender reporter",
    "professionals": "outsider_same outsider_other fixed_face deputy safety_partner scoped_expert care_provider desk duty"
    " team_leader reviewer inspector administrator invited",
    "circle": "fixed_face deputy safety_partner scoped_expert care_provider",
    "not_professional": "adult_member blocked_parent child network sender reporter",
    "relatives": "adult_member child network",
}
EXPECTED: dict[str, dict[str, str]] = {
    "account": {"GET": "sign-in: anonymous | 200: rest", "POST": "sign-in: anonymous | 405: rest"},
    "account_logout": {"GET": "405: rest", "POST": "sign-in: rest"},
    "account_sign_out_everywhere": {"GET": "sign-in: anonymous | 405: rest", "POST": "sign-in: rest"},
    "account_signup": {"GET": "404: rest", "POST": "404: rest"},
    "accountability:checkpoint": {"GET": "404: rest", "POST": "405: rest"},
    "accountability:consistency": {"GET": "404: rest", "POST": "405: rest"},
    "accountability:cosignature": {"GET": "405: rest", "POST": "404: rest"},
    "administer": {
        "GET": "sign-in: anonymous | 200: administrator | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "administer_add": {
        "GET": "sign-in: anonymous | 200: administrator | 404: rest",
        "POST": "sign-in: anonymous | 200: administrator | 404: rest",
    },
    "administer_change": {
        "GET": "sign-in: anonymous | 200: administrator | 404: rest",
        "POST": "sign-in: anonymous | 200: administrator | 404: rest",
    },
    "administer_person": {
        "GET": "sign-in: anonymous | 200: administrator | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "circle:accept_sight": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "circle:access_requests": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: rest",
    },
    "circle:ask_access": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 200: rest",
    },
    "circle:change": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 200: circle | 404: rest",
    },
    "circle:invitation": {
        "GET": "sign-in: anonymous | 200: invited | 404: rest",
        "POST": "sign-in: anonymous | 302: invited | 404: rest",
    },
    "circle:leave": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 302: scoped_expert care_provider | 403: fixed_face deputy safety_partner | 404: rest",
    },
    "circle:logbook": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "circle:member": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 200: circle | 404: rest",
    },
    "circle:people": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "circle:take_up": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "demo:become": {"GET": "405: rest", "POST": "302: rest"},
    "demo:who": {"GET": "200: rest", "POST": "405: rest"},
    "desk:caseload": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "desk:families": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "desk:family": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "desk:inspect": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 200: rest",
    },
    "desk:today": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "duty:alarm": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: scoped_expert | 302: fixed_face deputy safety_partner care_provider | 404: rest",
    },
    "duty:close": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "duty:look_up": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 200: rest",
    },
    "duty:overview": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "duty:plan": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 200: rest",
    },
    "duty:review": {
        "GET": "sign-in: anonymous | 200: reviewer | 404: rest",
        "POST": "sign-in: anonymous | 200: reviewer | 404: rest",
    },
    "duty:ring_again": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "duty:start": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 200: rest",
    },
    "duty:to_review": {
        "GET": "sign-in: anonymous | 200: reviewer | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "duty:week": {
        "GET": "sign-in: anonymous | 404: not_professional | 200: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "duty:withdraw": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 302: administrator | 404: not_professional | 403: rest",
    },
    "exchange:document": {
        "GET": "sign-in: anonymous | 403: scoped_expert care_provider | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "exchange:end_sender": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 302: administrator | 404: rest",
    },
    "exchange:message": {
        "GET": "sign-in: anonymous | 403: scoped_expert care_provider | 200: fixed_face deputy safety_partner | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "exchange:original": {
        "GET": "sign-in: anonymous | 403: scoped_expert care_provider | 200: fixed_face deputy safety_partner | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "exchange:read_message": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: scoped_expert care_provider | 302: fixed_face deputy safety_partner | 404: rest",
    },
    "exchange:refused": {
        "GET": "sign-in: anonymous | 200: desk | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "exchange:refused_original": {
        "GET": "sign-in: anonymous | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "exchange:see_refused": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 404: rest",
    },
    "exchange:senders": {
        "GET": "sign-in: anonymous | 200: administrator | 404: rest",
        "POST": "sign-in: anonymous | 200: administrator | 404: rest",
    },
    "exchange:stuf": {"GET": "405: rest", "POST": "403: rest"},
    "families:add": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: scoped_expert | 200: fixed_face deputy safety_partner care_provider | 404: rest",
    },
    "families:change": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: scoped_expert | 200: fixed_face deputy safety_partner care_provider | 404: rest",
    },
    "families:change_home": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: scoped_expert | 200: fixed_face deputy safety_partner care_provider | 404: rest",
    },
    "families:end": {
        "GET": "sign-in: anonymous | 200: fixed_face deputy safety_partner | 404: rest",
        "POST": "sign-in: anonymous | 200: fixed_face deputy safety_partner | 404: rest",
    },
    "families:home": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "families:member": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "families:merge": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: scoped_expert care_provider | 200: fixed_face deputy safety_partner | 404: rest",
    },
    "families:people": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "intake:advice": {"GET": "sign-in: anonymous | 404: rest", "POST": "sign-in: anonymous | 404: rest"},
    "intake:advice_list": {
        "GET": "sign-in: anonymous | 200: desk | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "intake:ask": {"GET": "200: rest", "POST": "200: rest"},
    "intake:assess": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:attach": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:breach": {"GET": "sign-in: anonymous | 404: rest", "POST": "sign-in: anonymous | 404: rest"},
    "intake:close": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:code": {"GET": "200: rest", "POST": "200: rest"},
    "intake:decide": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:feedback": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:inbox": {
        "GET": "sign-in: anonymous | 200: desk | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "intake:new_advice": {
        "GET": "sign-in: anonymous | 200: desk | 404: rest",
        "POST": "sign-in: anonymous | 200: desk | 404: rest",
    },
    "intake:new_report": {
        "GET": "sign-in: anonymous | 200: desk | 404: rest",
        "POST": "sign-in: anonymous | 200: desk | 404: rest",
    },
    "intake:postpone": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:public": {"GET": "200: rest", "POST": "405: rest"},
    "intake:questions": {"GET": "200: rest", "POST": "200: rest"},
    "intake:reassess": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:report": {
        "GET": "sign-in: anonymous | 200: circle | 404: rest",
        "POST": "sign-in: anonymous | 404: not_professional | 405: rest",
    },
    "intake:take_out": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:take_up": {
        "GET": "sign-in: anonymous | 404: not_professional | 405: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "intake:tell": {
        "GET": "sign-in: anonymous | 403: circle | 404: rest",
        "POST": "sign-in: anonymous | 403: circle | 404: rest",
    },
    "notices:notices": {"GET": "sign-in: anonymous | 200: rest", "POST": "sign-in: anonymous | 405: rest"},
    "notices:read": {
        "GET": "sign-in: anonymous | 405: rest",
        "POST": "sign-in: anonymous | 302: fixed_face | 404: rest",
    },
    "notices:read_all": {"GET": "sign-in: anonymous | 405: rest", "POST": "sign-in: anonymous | 302: rest"},
    "ui:clear_traces": {"GET": "200: rest", "POST": "405: rest"},
    "ui:component_portal": {"GET": "200: rest", "POST": "405: rest"},
    "ui:component_public": {"GET": "200: rest", "POST": "405: rest"},
    "ui:components": {"GET": "200: rest", "POST": "405: rest"},
    "ui:quick_exit": {"GET": "303: rest", "POST": "405: rest"},
}
