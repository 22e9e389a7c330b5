# The project's commands. `make` alone lists them.

SHELL := /bin/sh
PYTHON ?= /usr/bin/python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
VNU := var/judge/node_modules/vnu-jar
# Narrows a suite: make test-sqlite T="tests/pages -x"
T ?= tests

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

TEST := DJANGO_SETTINGS_MODULE=cms.settings.test
MANAGE_TEST := $(TEST) $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-sqlite test-postgres journeys judge bench lint format types checks messages system-for-tests lock

help: ## 列出全部命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

demo: export BASE_URL ?= http://127.0.0.1:$(PORT)
demo: export SITE_IS_SAMPLE ?= true
demo: $(VENV)/.runtime ## 安装、建库、载入示例数据并启动演示站（PORT=8000）
	@exec $(BIN)/python manage.py demo --port $(PORT)

test: $(VENV)/.dev system-for-tests lint types checks ## 全部检查：规范、类型、两种数据库的测试、浏览器流程
	@deploy/side-by-side sqlite="$(MAKE) -s test-sqlite" postgres="$(MAKE) -s test-postgres"
	@$(MAKE) -s journeys

test-sqlite: $(VENV)/.dev ## 在 SQLite 上跑测试（T="tests/pages -x" 可缩小范围）
	@env -u DATABASE_URL $(PYTEST) --numprocesses 2 --dist loadfile $(T)

test-postgres: $(VENV)/.dev ## 在临时 PostgreSQL 上跑测试
	@deploy/with-postgres $(PYTEST) --numprocesses 2 --dist loadfile $(T)

journeys: $(VENV)/.dev ## 用 Chromium 走一遍主要流程
	@env -u DATABASE_URL $(PYTEST) -m journey tests/journeys

judge: $(VENV)/.dev system-for-tests $(VNU) ## 耗时的外部评判（无障碍、HTML、接口契约……）
	@deploy/fetch-valhalla || echo "Valhalla 的程序取不到：路线的评判从略。"
	@env -u DATABASE_URL $(PYTEST) -m judge tests/judge
	@deploy/with-postgres $(PYTEST) -m judge tests/judge/test_plans.py tests/judge/test_search_questions.py

bench: $(VENV)/.dev ## 性能基准：与 nginx、原版 Wagtail 比（B="--sizes 1000 --rows 4,5"）
	@deploy/system-packages bench
	@$(BIN)/python -m tests.bench $(B)

lint: $(VENV)/.dev ## 代码、模板、楼层检查
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --lint templates industries
	@$(BIN)/lint-imports --no-cache

types: $(VENV)/.dev ## 类型检查
	@$(BIN)/mypy

checks: $(VENV)/.dev ## Django 系统检查与迁移检查
	@$(MANAGE_TEST) check --fail-level WARNING
	@$(MANAGE_TEST) makemigrations --check --dry-run

format: $(VENV)/.dev ## 按规范整理代码
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: $(VENV)/.dev ## 更新英文界面的词条 locale/en（需要 gettext；行业模板各有自己的词条）
	@command -v xgettext >/dev/null || { echo "缺少 gettext：请先运行 apt-get install gettext"; exit 1; }
	@$(MANAGE_TEST) makemessages --locale en --no-wrap --no-obsolete --add-location file \
		--extension html,txt,py --ignore $(VENV) --ignore var --ignore tests --ignore static --ignore industries
	@msgfmt --output-file locale/en/LC_MESSAGES/django.mo locale/en/LC_MESSAGES/django.po

lock: ## 重新锁定 requirements*.txt（需要 uv）
	@command -v uv >/dev/null || { echo "缺少 uv：请先运行 pip install uv"; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header \
		requirements.in --output-file requirements.txt
	uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header \
		--constraint requirements.txt requirements-dev.in --output-file requirements-dev.txt

system-for-tests:
	@deploy/system-packages test

$(VNU): deploy/judge/package-lock.json
	@deploy/system-packages judge
	@mkdir -p var/judge && cp deploy/judge/package.json deploy/judge/package-lock.json var/judge
	@npm ci --silent --ignore-scripts --no-audit --no-fund --prefix var/judge
	@touch $@

# The stamps: a virtual environment is refreshed only when its requirements changed.
$(VENV)/.runtime: requirements.txt
	@deploy/system-packages demo $(PYTHON)
	@$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt
	@deploy/system-packages demo $(PYTHON)
	@$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $(VENV)/.runtime $@
