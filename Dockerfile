# docker build --build-arg VERSION=$(git describe --tags --always --dirty --match 'v*') -t dragonmock .
# docker run --rm -p 8080:8080 dragonmock
#
# VERSION may be left out: the image then says that it is "dev".
#
# The Go stage runs on the machine that builds and compiles for the one that is asked for: no emulation.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# After the downloads, which do not depend on it. The repository's tags are not in here, so it must be told.
ARG VERSION=dev
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags "-s -w -X dragonmock/mock.version=$VERSION" -o /dragonmock ./cmd/dragonmock
RUN if [ "$TARGETOS/$TARGETARCH" = "$(go env GOHOSTOS)/$(go env GOHOSTARCH)" ]; then /dragonmock version; fi

FROM scratch
ARG VERSION=dev
LABEL org.opencontainers.image.title="dragonmock" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.description="A high-fidelity mock DragonPass server" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /dragonmock /dragonmock
# Callbacks to HTTPS, and `play --target https://...`, need roots to trust.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# A number, so that an orchestrator can tell that it is not root. The image has no /etc/passwd.
USER 65532:65532
EXPOSE 8080
# On all addresses: the default of the command is this machine only, which nobody outside the container could reach.
ENV DRAGONMOCK_ADDR=:8080
# Short, because tests wait for the first success. No --start-interval: builders of stable distributions reject it. The
# check reads DRAGONMOCK_ADDR: change the address by the variable, not by a flag.
HEALTHCHECK --interval=2s --timeout=3s --retries=3 CMD ["/dragonmock", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/dragonmock"]
