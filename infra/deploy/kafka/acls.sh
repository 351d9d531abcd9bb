#!/bin/sh
# Lets each service do what the contract lets it do, and nothing else, on a broker whose authorizer denies what is not allowed
# (authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer, allow.everyone.if.no.acl.found=false).
# On Kubernetes Strimzi does the same from kubernetes/base/users.yaml; a test compares the two.
# Needs BOOTSTRAP (host:port) and a COMMAND_CONFIG of an administrator. A principal is what its certificate or login says:
# PRINCIPAL_FORMAT, "User:%s" if not set, "User:CN=%s" for certificates.
set -eu

ACLS=${KAFKA_HOME:-/opt/kafka}/bin/kafka-acls.sh

# Who, the resource, then the operations.
allow() {
  # shellcheck disable=SC2059 # the format is the point
  principal=$(printf "${PRINCIPAL_FORMAT:-User:%s}" "$1"); resource=$2; shift 2
  operations=; for operation in "$@"; do operations="$operations --operation $operation"; done
  # shellcheck disable=SC2086 # several words each
  "$ACLS" --bootstrap-server "$BOOTSTRAP" ${COMMAND_CONFIG:+--command-config "$COMMAND_CONFIG"} \
    --add --force --allow-principal "$principal" $resource $operations
}

# Its commands, and the events that answer them; it reads those without a group.
allow api-gateway "--topic recording.commands" Write Describe
allow api-gateway "--topic recording.events.gateway.dlt" Write Describe
allow api-gateway "--topic recording.events" Read Describe

# What 100ms says, and nothing else.
allow webhook-ingest "--topic hms.webhooks" Write Describe

allow recording-processor "--topic recording.events" Write Describe
allow recording-processor "--topic recording.findings" Read Write Describe
allow recording-processor "--topic recording.commands.processor.dlt" Write Describe
allow recording-processor "--topic hms.webhooks.processor.dlt" Write Describe
allow recording-processor "--topic recording.findings.processor.dlt" Write Describe
allow recording-processor "--topic mirror.reports.processor.dlt" Write Describe
allow recording-processor "--topic recording.commands" Read Describe
allow recording-processor "--topic hms.webhooks" Read Describe
allow recording-processor "--topic mirror.reports" Read Describe
allow recording-processor "--group kulti.processor. --resource-pattern-type prefixed" Read Describe

allow storage-mirror "--topic mirror.reports" Write Describe
allow storage-mirror "--topic recording.events.mirror.dlt" Write Describe
allow storage-mirror "--topic recording.events" Read Describe
allow storage-mirror "--group kulti.mirror. --resource-pattern-type prefixed" Read Describe

# Reads everything, puts records back, and moves the groups of the others when told to.
allow kulti-ops "--topic recording.commands" Read Write Describe DescribeConfigs
allow kulti-ops "--topic hms.webhooks" Read Write Describe DescribeConfigs
allow kulti-ops "--topic recording.findings" Read Write Describe DescribeConfigs
allow kulti-ops "--topic recording.events" Read Write Describe DescribeConfigs
allow kulti-ops "--topic mirror.reports" Read Write Describe DescribeConfigs
allow kulti-ops "--topic recording.commands.processor.dlt" Read Write Describe DescribeConfigs
allow kulti-ops "--topic hms.webhooks.processor.dlt" Read Write Describe DescribeConfigs
allow kulti-ops "--topic recording.findings.processor.dlt" Read Write Describe DescribeConfigs
allow kulti-ops "--topic mirror.reports.processor.dlt" Read Write Describe DescribeConfigs
allow kulti-ops "--topic recording.events.mirror.dlt" Read Write Describe DescribeConfigs
allow kulti-ops "--topic recording.events.gateway.dlt" Read Write Describe DescribeConfigs
allow kulti-ops "--topic ops.audit" Read Write Describe DescribeConfigs
allow kulti-ops "--group kulti. --resource-pattern-type prefixed" Read Describe Delete
allow kulti-ops "--cluster" Describe

allow kafka-lag "--topic recording.commands" Describe
allow kafka-lag "--topic hms.webhooks" Describe
allow kafka-lag "--topic recording.findings" Describe
allow kafka-lag "--topic recording.events" Describe
allow kafka-lag "--topic mirror.reports" Describe
allow kafka-lag "--group kulti. --resource-pattern-type prefixed" Describe
