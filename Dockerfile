# iresweep as an image, for the CPU:
#   docker build -t iresweep .                     (or podman)
#   docker run --rm --read-only --user "$(id -u):$(id -g)" --volume "$PWD:/data" iresweep scan -o hits.bed x.fa
# Any user may run it, the root may be read-only, and nothing is written but the outputs.
#
# In two stages, so that no compiler stays in the image. The first makes the Debian package. Who has it already puts a
# folder that holds package/iresweep_*.deb in its place, and nothing is compiled: --build-context package=FOLDER. Thus
# tools/check/container.sh builds the image in seconds, of the very program that was tested.
ARG BASE=docker.io/library/debian:12-slim

FROM $BASE AS package
COPY . /source
WORKDIR /source
RUN tools/install-packages.sh build deb \
 && cmake -S . -B build/image -DCMAKE_BUILD_TYPE=Release \
 && cmake --build build/image --parallel "$(nproc)" \
 && cpack --config build/image/CPackConfig.cmake -D CPACK_COMPONENTS_ALL=program -B /package

FROM $BASE
COPY --from=package /package/iresweep_*.deb /tmp/
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends /tmp/iresweep_*.deb \
 && rm -rf /tmp/iresweep_*.deb /var/lib/apt/lists/*
WORKDIR /data
USER 65534:65534
ENTRYPOINT ["iresweep"]
