# Finds a JDK 25, for scripts that read this file.

# A JDK writes its version into a file, which is faster to read than to start Java.
is_jdk_25() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while read -r line; do
        case $line in 'JAVA_VERSION="25'[\".]*) return 0 ;; esac
    done <"$1/release"
    return 1
}

# Into $jdk, or fails: from JAVA_HOME, the PATH, or where distributions put them. Without a subshell, as each costs a command a
# millisecond.
find_jdk_25() {
    jdk=${JAVA_HOME:-/none}
    is_jdk_25 "$jdk" && return
    java=$(readlink -f "$(command -v java)")
    jdk=${java%/bin/java}
    is_jdk_25 "$jdk" && return
    for jdk in /usr/lib/jvm/*; do
        is_jdk_25 "$jdk" && return
    done
    return 1
}
