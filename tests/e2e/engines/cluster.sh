#!/usr/bin/env bash
# Runs a command on a Slurm cluster of three nodes, each in a network and with a host name of its own.
# cluster.sh <empty folder> <command> …, by root in new namespaces of network and processes, which end what is left of it.
# Its timeouts are for a loaded machine: by default a batch that does not start within ten seconds is lost.
set -euo pipefail
folder=$1
shift
started_in=$PWD
cd "$folder"
export SLURM_CONF=$folder/slurm.conf
dd if=/dev/urandom of=munge.key bs=1 count=64 status=none
chmod 600 munge.key
mkdir state run
cat >slurm.conf <<CONF
ClusterName=im2grade
SlurmctldHost=head(10.77.0.1)
AuthType=auth/munge
AuthInfo=socket=$folder/run/munge.sock
CryptoType=crypto/munge
SlurmUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=1
SlurmdParameters=config_overrides
TCPTimeout=60
MessageTimeout=60
BatchStartTimeout=300
UnkillableStepTimeout=300
MpiDefault=none
ReturnToService=2
NodeName=n1 NodeAddr=10.77.0.11 CPUs=2
NodeName=n2 NodeAddr=10.77.0.12 CPUs=2
NodeName=n3 NodeAddr=10.77.0.13 CPUs=2
PartitionName=main Nodes=ALL Default=YES State=UP
CONF
ip link set lo up
ip link add bridge type bridge
ip addr add 10.77.0.1/24 dev bridge
ip link set bridge up
munged --force --foreground --key-file="$folder/munge.key" --socket="$folder/run/munge.sock" --pid-file="$folder/run/munged.pid" \
  --log-file="$folder/munged.log" --seed-file="$folder/munged.seed" >/dev/null 2>&1 &
until [ -S run/munge.sock ]; do sleep 0.05; done
unshare --uts bash -c 'hostname head; exec slurmctld -D -i' >/dev/null 2>&1 &
for node in 1 2 3; do
  unshare --net --uts bash -c "hostname n$node; touch run/net$node; until ip link show eth0; do sleep 0.05; done >/dev/null 2>&1
    ip link set lo up; ip addr add 10.77.0.1$node/24 dev eth0; ip link set eth0 up; exec slurmd -D -N n$node" >/dev/null 2>&1 &
  pid=$!
  until [ -e "run/net$node" ]; do sleep 0.05; done
  ip link add "port$node" type veth peer name eth0 netns "$pid"
  ip link set "port$node" master bridge up
done
until [ "$(sinfo --noheader --states=idle --format=%D 2>/dev/null)" = 3 ]; do sleep 0.1; done
cd "$started_in"
"$@"
