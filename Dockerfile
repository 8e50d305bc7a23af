# Three stages: the chart bundle (Node), the packages and static files (build tools), the site (neither).

FROM node:22-bookworm-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY config/frontend config/frontend
RUN npm run --silent build && cp node_modules/plotly.js/dist/plotly.css static/vendor/ && rm -f static/vendor/plotly.min.css

FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt requirements-ocr.txt ./
# Reading scanned pages (about 130 MB) only where scans come in.
ARG WITH_OCR=no
RUN pip install --quiet --require-hashes -r requirements.txt \
    && if [ "$WITH_OCR" = yes ]; then pip install --quiet --require-hashes -r requirements-ocr.txt; fi
WORKDIR /app
COPY . .
COPY --from=frontend /app/static/vendor static/vendor
RUN python -m config.compile_messages \
    && SECRET_KEY=only-for-building python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q config budgets performance intake

FROM python:3.12-slim-bookworm
# Fonts for the pictures that links carry in chats; LibreOffice (about 400 MB) only where .doc files come in.
ARG WITH_LIBREOFFICE=no
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends fonts-noto-cjk \
    && if [ "$WITH_LIBREOFFICE" = yes ]; then apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui; fi \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home site \
    && mkdir -p /data/media /data/downloads && chown -R site /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 MEDIA_ROOT=/data/media DOWNLOADS_ROOT=/data/downloads
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER site
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["gunicorn", "-c", "python:config.gunicorn_conf", "config.wsgi"]
