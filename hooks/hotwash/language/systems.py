"""Words for systems that could be taken for people: artefacts that a role may name ("operator console"), and products that bear a given name."""

from __future__ import annotations

PRODUCTS = frozenset(
    """
    Ada Aerospike Airflow Akka Albert Alertmanager Alexa Alfred Amanda Ansible Anthos Apollo Ares Argo Arthur Artemis Athena Atlas Aurora Avro Azkaban
    Bamboo Bard Barman Beam Bert Bishop Blackbox Boris Brooklin Buck Calico Camel Carina Cassandra Celery Ceph Ceres Chef Cilium Claude Clair Clippy
    Cody Columbo Concourse Consul Cora Cortana Cortex Crystal Cypress Dagster Dana Dask Debezium Delphi Dexter Diana Django Dora Druid Dynatrace Eiffel
    Elasticsearch Electra Eliza Elmo Emacs Envoy Ernie Etcd Eureka Falco Fastlane Felix Finagle Flink Fluentd Flux Flyway Freya Gaia Gemini Gerrit
    Gertrude Gitea Grafana Gradle Gremlin Groovy Grunt Gulp Hadoop Harbor Harbour Harness Haskell Heimdall Helios Helm Hera Hermes Hive Honeycomb
    Horizon Hudson Hydra Icarus Icinga Impala Ingrid-API Io Iris Ironic Isis Istio Jaeger Jarvis Jasmine Jasper Jekyll Jenkins Jenny Jira Juno Julia
    Julius Jupiter Jupyter Kafka Karma Karpenter Kelvin Keycloak Keystone Kibana Kiali Kong Kratos Kubernetes Kyverno Lamport Leo Lenses Lerna Linkerd
    Loki Logstash Lua Lucene Lucy Luigi Luna Magento Maria MariaDB Marathon Marvin Maven Memcached Mercury Mesos Metis Mimir Minerva Minio Miranda
    Mocha Mongo Morgan-Freeman Moby Nagios Napoleon Neo Nero Neptune Nessie Netty Nexus Nginx Nomad Nova Oban Odin Odoo Olympus Oozie Oracle Orion
    Oscar Otto Packer Pandora Pascal Pegasus Perl Persephone Phoenix Pingu Pluto Poseidon Postgres Prefect Presto Prometheus Pulsar Puma Puppet Quartz
    Ray Redis Renovate Robin Rook Roberta Ruby Rudder Salt Samba Samson Sarama Saturn Scala Selenium Sensu Sentinel Sentry Sherlock Sidekiq Simon
    Siri Snort Socrates Sonar Sophie Sophia Spark Sphinx Spinnaker Splunk Squid Stella Storm Sybil Talos Teleport Tempo Terraform Thanos Thor Tiller Titan
    Toby Travis Trino Tyk Udo Ursa Vagrant Valkey Vault Vector Venus Vera Vesta Victoria Vitess Vulcan Watson Weave Wiremock Zabbix Zeek Zeus Zipkin Zoe
    Zookeeper Zuul Alexandria Beatrice Beryl Cosmos Daphne Eva Fern Flora Ginger Grace Hazel Basil Ivy Olive Rosemary
    """.split()
)
"""Programs, languages, robots and storms that bear a given name; the policy's `people` wins over it."""

ARTEFACTS = frozenset(
    """
    account accounts action adapter agent alert api app application approval badge bot box boxes bucket button calendar certificate channel check
    checklist cluster code command config configuration console controller container credential credentials dashboard database device diff directory
    document documentation endpoint engine environment error event experience export feature feed field file filter flag flow form function gateway group-id
    guide handbook hook id image import index interface job journal kit key keys layer library licence license list log login logs machine mail mailbox
    manual menu message metric metrics migration mode model module monitor name namespace network node notes notification object option page pager
    panel password path payload permission permissions phone pipeline platform plugin pod policy pool portal portals procedure process profile program
    prompt proxy pull-request queue radio record release report repository request requests response robot role role-binding rota rotation router rule
    runbook schedule scheduler schema screen script seat secret server service session sessions set sheet shell sidecar site space spreadsheet
    state station step store stream system table tablet task template terminal test ticket token tool tooling tools topic traffic training-set tree
    tunnel ui unit-test view vm volume web webhook wiki window workflow workspace workstation
    """.split()
)
"""What follows a role in the name of a thing: "the on-call tool", "reviewer bot"."""

PROGRAMS = frozenset(["driver", "drivers", "operator", "operators", "dispatcher", "dispatchers", "guard", "guards", "guide", "conductor", "planner", "planners", "picker"])
"""Roles that are programs where a technical word stands before them: "the JDBC driver", "the Postgres operator"."""
TECHNICAL = frozenset(
    """
    audio bitwise block bluetooth boolean camera csi database db display event file filesystem gpu graphics init jdbc jenkins k8s kernel keyboard kubernetes
    logical message mysql nfs nic nvidia odbc postgres postgresql printer prometheus query redis request route scsi sql ternary touchpad usb video webdriver
    wifi
    """.split()
)
"""What before such a role makes it a program."""
