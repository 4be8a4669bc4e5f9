# The long-lived worker, and nothing else: docs/deploy.md, "The worker as a container".
#   docker build -t causeway-worker . && docker run --env-file <file> causeway-worker
# Its configuration comes from the environment when it starts; nothing secret is in the image.

FROM node:24-slim AS build
WORKDIR /source
COPY package.json package-lock.json ./
COPY lib lib
COPY scripts/pack-worker.ts scripts/
RUN node scripts/pack-worker.ts /worker
WORKDIR /worker
# Not `npm ci`: it wants the lock to name exactly these packages, and the lock is the whole project's. The versions are the lock's.
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /worker
COPY --from=build /worker ./
USER node
CMD ["node", "lib/jobs/worker.ts"]
