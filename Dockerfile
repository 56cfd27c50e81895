# why400, and (target `model`) the demo's model. Everything is installed by hash from the locks.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1

# The runtime's packages and why400's own wheel, in a venv without pip. What nothing needs at run time stays behind.
FROM base AS build
COPY requirements-build.lock requirements.lock /src/
RUN python -m venv /build \
 && /build/bin/pip install --no-cache-dir --require-hashes -r /src/requirements-build.lock \
 && python -m venv --without-pip /opt/why400 \
 && /build/bin/pip --python /opt/why400/bin/python install --no-cache-dir --no-compile --require-hashes \
      -r /src/requirements.lock
COPY . /src
RUN /build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation -w /wheel /src \
 && /build/bin/pip --python /opt/why400/bin/python install --no-cache-dir --no-deps --no-compile --no-index /wheel/*.whl \
 && find /opt/why400 -depth \( -name tests -o -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' -o -name '*.c' \
      -o -name '*.h' -o -name '*.a' \) -exec rm -rf {} + \
 && python -m compileall -q -j 2 /opt/why400/lib

FROM build AS build-model
RUN /build/bin/pip --python /opt/why400/bin/python install --no-cache-dir --require-hashes \
      -r /src/requirements-demo.lock

FROM base AS model
COPY --from=build-model /opt/why400 /opt/why400
USER 10001:10001
EXPOSE 5000
STOPSIGNAL SIGINT
HEALTHCHECK --interval=2s --timeout=5s --retries=15 CMD ["/opt/why400/bin/python", "-c", \
  "from urllib.request import urlopen; urlopen('http://127.0.0.1:5000/health', timeout=3)"]
ENTRYPOINT ["/opt/why400/bin/python", "-m", "why400.demo.model", "--host", "0.0.0.0", "--port", "5000"]

FROM base AS why400
COPY --from=build /opt/why400 /opt/why400
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/why400 \
 && install -d -m 0755 /etc/why400/rules
ENV PATH=/opt/why400/bin:$PATH \
    WHY400_LISTEN=0.0.0.0:8400 \
    WHY400_ADMIN=0.0.0.0:8401 \
    WHY400_DATA=/var/lib/why400 \
    WHY400_RULES=/etc/why400/rules
USER 10001:10001
WORKDIR /var/lib/why400
VOLUME /var/lib/why400
EXPOSE 8400 8401
HEALTHCHECK --interval=5s --timeout=5s --retries=6 CMD ["python", "-c", \
  "import os; from urllib.request import urlopen; urlopen('http://127.0.0.1:' + os.environ['WHY400_ADMIN'].rpartition(':')[2] + '/livez', timeout=3)"]
ENTRYPOINT ["why400"]
CMD ["serve"]
