import time
from tests.browser.places import *
def test_timing(opened, page, place, course):
    p=place(PRACTICE)
    t=time.time()
    reqs=[]
    page.on("requestfinished", lambda r: reqs.append((round(time.time()-t,2), r.url[-60:])))
    page.goto(p.address); print("goto", time.time()-t)
    page.locator(".jp-Notebook").wait_for(); print("nb", time.time()-t)
    page.locator(".caselens-workbench").wait_for(); print("wb", time.time()-t)
    print(len(reqs)); 
    for r in reqs[-25:]: print(r)
