import pytest

pytestmark = pytest.mark.browser

PAGES = ["/ui/", "/ui/portaal/", "/ui/openbaar/", "/sporen-wissen/"]


def opened(chromium, url, **options):
    context = chromium.new_context(**options)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: page.complaints.append(request.url))
    page.goto(url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_the_page_on_a_phone_and_a_desk_by_day_and_by_night(chromium, axe, site, path, width, scheme):
    page = opened(chromium, site + path, viewport={"width": width, "height": 800}, color_scheme=scheme)

    assert axe(page) == []
    assert page.complaints == [], "the content security policy or a missing file"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    page.context.close()


def test_axe_finds_what_is_wrong(chromium, axe, site):
    page = opened(chromium, site + "/ui/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/static/ui/icon.svg\">'")

    assert [finding.split(":")[0] for finding in axe(page)] == ["image-alt"]
    page.context.close()


def test_every_target_is_big_enough_for_a_thumb(chromium, site):
    page = opened(chromium, site + "/ui/", viewport={"width": 320, "height": 800})

    small = page.evaluate(
        """() => [...document.querySelectorAll(
            "button, .utrecht-button, select, textarea, input[type=text], input[type=date], .option, .nav a")]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map(element => element.outerHTML.slice(0, 120))"""
    )
    assert small == []
    page.context.close()


def test_no_name_in_the_picture_covers_another_in_real_letters(chromium, site):
    page = opened(chromium, site + "/ui/", viewport={"width": 1280, "height": 800})

    overlaps = page.evaluate(
        """() => [...document.querySelectorAll("svg.circle__picture")].flatMap(svg => {
            const nodes = [...svg.querySelectorAll(".circle__node")].map(node => ({
                name: node.querySelector("title").textContent,
                boxes: [...node.querySelectorAll("rect, text")].map(part => part.getBoundingClientRect()),
            }));
            const hit = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return nodes.flatMap((one, at) => nodes.slice(at + 1)
                .filter(other => one.boxes.some(a => other.boxes.some(b => hit(a, b))))
                .map(other => `${one.name} on ${other.name}`));
        })"""
    )
    assert overlaps == []
    page.context.close()


def test_the_keyboard_reaches_the_content_in_one_step_and_never_gets_lost_in_the_picture(chromium, site):
    page = opened(chromium, site + "/ui/portaal/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.goto(site + "/ui/")
    assert page.evaluate("[...document.querySelectorAll('svg a')].every(link => link.tabIndex === -1)")
    page.context.close()


def test_after_a_mistake_you_start_at_what_has_to_be_mended(chromium, site):
    page = opened(chromium, site + "/ui/")

    assert page.evaluate("document.activeElement.className").endswith("error-summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "fout_title"
    page.context.close()


def test_snel_weg_leaves_no_way_back_to_the_page_itself(chromium, site):
    page = opened(chromium, site + "/sporen-wissen/")
    page.goto(site + "/ui/openbaar/")
    page.route("https://www.knmi.nl/**", lambda route: route.fulfill(body="weer"))

    page.get_by_role("link", name="Snel weg").click()
    page.wait_for_url("https://www.knmi.nl/**")
    page.go_back()

    assert "/ui/openbaar/" not in page.url
    page.context.close()
