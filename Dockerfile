# The image listens on 2583 and keeps everything in /data. Give it the PDS_* settings of docs/reference/configuration.md:
#   docker build -t pds .
#   docker run --env-file pds.env -v pds-data:/data -p 2583:2583 pds

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Pds.Api -c Release -o /app -p:UseAppHost=false

# Ubuntu 24.04, whose libsecp256k1 is libsecp256k1-1
FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsecp256k1-1 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
WORKDIR /app
COPY --from=build /app .

# Inside a container loopback is nobody's, so that a sandbox listens on all interfaces too: publish its port to 127.0.0.1 only.
ENV PDS_DATA_DIRECTORY=/data PDS_BIND_ADDRESS=0.0.0.0
VOLUME /data
EXPOSE 2583
USER $APP_UID

# The image has no HTTP client, but a shell that can open a connection.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["bash", "-c", \
    "exec 3<>\"/dev/tcp/127.0.0.1/${PDS_PORT:-2583}\" && printf 'GET /xrpc/_health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["dotnet", "Pds.Api.dll"]
