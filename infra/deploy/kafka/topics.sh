#!/bin/sh
# Makes the topics that are missing; those that are there stay as they are. Run by docker compose; on Kubernetes Strimzi
# does the same from kubernetes/base/topics.yaml.
# Needs BOOTSTRAP (host:port) and REPLICATION; COMMAND_CONFIG names a client.properties where the broker wants TLS or SASL.
set -eu

TOPICS=${KAFKA_HOME:-/opt/kafka}/bin/kafka-topics.sh

# name, partitions, kept (ms), largest record (bytes): as in common-events, Topics.java; a test compares the two.
make_topic() {
  "$TOPICS" --bootstrap-server "$BOOTSTRAP" ${COMMAND_CONFIG:+--command-config "$COMMAND_CONFIG"} --create --if-not-exists \
    --topic "$1" --partitions "$2" --replication-factor "$REPLICATION" \
    --config "retention.ms=$3" --config "max.message.bytes=$4"
}

day=86400000
make_topic recording.commands                12 $((  7 * day)) 1048576
make_topic hms.webhooks                      12 $(( 30 * day)) 1048576
make_topic recording.findings                12 $(( 30 * day)) 1048576
make_topic recording.events                  48 $(( 30 * day)) 1048576
make_topic mirror.reports                    12 $(( 30 * day)) 1048576
make_topic recording.commands.processor.dlt   1 $(( 90 * day)) 2097152
make_topic hms.webhooks.processor.dlt         1 $(( 90 * day)) 2097152
make_topic recording.findings.processor.dlt   1 $(( 90 * day)) 2097152
make_topic mirror.reports.processor.dlt       1 $(( 90 * day)) 2097152
make_topic recording.events.mirror.dlt        1 $(( 90 * day)) 2097152
make_topic recording.events.gateway.dlt       1 $(( 90 * day)) 2097152
make_topic ops.audit                          1 $((365 * day)) 1048576
