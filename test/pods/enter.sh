#!/usr/bin/env bash
# Makes of this process, which is the first in namespaces of its own, the container that the folder $1 describes:
# user $2, working directory $3, root file system $4 (rw or ro), host name $5; the command follows.
set -euo pipefail
folder=$1 user=$2 workdir=$3 access=$4 name=$5
shift 5
root=$folder/root
container_path=$PATH
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# What the container writes outside its volumes lives in memory and ends with it.
mount -t tmpfs tmpfs "$folder/layer"
mkdir "$folder/layer/upper" "$folder/layer/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/layer/upper,workdir=$folder/layer/work" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
for link in fd:fd stdin:fd/0 stdout:fd/1 stderr:fd/2; do
  ln -s "/proc/self/${link#*:}" "$root/dev/${link%%:*}"
done
mkdir -m 1777 "$root/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
chroot "$root" getent passwd "$user" > /dev/null ||
  echo "container:x:$user:0:container:/:/bin/bash" >> "$root/etc/passwd"
if [ -n "$name" ]; then hostname "$name"; fi

# One line a volume: what of this machine, where in the container, rw or ro.
while IFS=$'\t' read -r source target mode; do
  # In the container's eyes, or a link such as /var/run would lead out of it.
  target=$root$(chroot "$root" realpath --canonicalize-missing "$target")
  if [ -d "$source" ]; then
    mkdir -p "$target"
  elif [ ! -e "$target" ]; then
    mkdir -p "${target%/*}"
    : > "$target"
  fi
  mount --bind "$source" "$target"
  if [ "$mode" = ro ]; then mount -o remount,bind,ro "$target"; fi
done < "$folder/mounts"
mkdir -p "$root$workdir"
if [ "$access" = ro ]; then
  mount -o remount,bind,ro "$root"
  if ! grep -q $'\t/tmp\t' "$folder/mounts"; then mount -o remount,ro "$root/tmp"; fi
fi

: > "$folder/entered"
cd /
# What is in quotes is expanded by the shell inside.
# shellcheck disable=SC2016
exec chroot "$root" setpriv "--reuid=$user" --regid=0 --clear-groups --no-new-privs --pdeathsig=KILL \
  env "PATH=$container_path" bash -c 'cd "$0" && exec "$@"' "$workdir" "$@"
