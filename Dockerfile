# syntax=docker/dockerfile:1
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN make build

# One static program, no shell: it checks its own health.
FROM scratch
COPY --from=build /src/bin/leimu /leimu
COPY --from=build /src/LICENSE /src/NOTICE /
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/leimu", "healthcheck", "--addr", ":8080"]
ENTRYPOINT ["/leimu"]
CMD ["serve", "--addr", ":8080", "--admin-addr", ""]
