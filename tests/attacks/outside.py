"""Out of its process: other processes, files, the network."""

from tests.attacks.attack import Attack, attempts

ANY = ("seccomp",)
PROCESSES = {
    "process_fork": "os.fork() or os._exit(0)",
    "process_vfork_call": "syscall(57) or os._exit(0)",
    "process_spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "process_run": "subprocess.run(['/bin/true'], check=True)",
    "process_system": "os.system('true') == 0 or 1 / 0",
    "process_pool": "multiprocessing.Process(target=int).start()",
    "process_signal_grader": "os.kill(SPOT['grader'], 0)",
    "process_signal_parent": "os.kill(os.getppid(), 0)",
    "process_signal_group": "os.kill(0, 0)",
    "process_signal_thread": "syscall(234, SPOT['grader'], SPOT['grader'], 0)",
    "process_pidfd": "syscall(434, SPOT['grader'], 0)",
    "process_read_memory": "syscall(310, SPOT['grader'], 0, 0, 0, 0, 0)",
    "process_limit_grader": "resource.prlimit(SPOT['grader'], resource.RLIMIT_CORE)",
    "process_priority": "os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid()))",
    "process_affinity": "os.sched_setaffinity(os.getppid(), os.sched_getaffinity(0))",
    "process_affinity_of_grader": "os.sched_getaffinity(SPOT['grader'])",
    "process_time_of_grader": "syscall(228, ~SPOT['grader'] << 3 | 2, ctypes.create_string_buffer(16))",
    "process_clock_of_grader": "time.clock_getres(~os.getppid() << 3 | 2)",
    "process_scheduler": "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))",
    "process_undead": "syscall(157, 1, 0, 0, 0, 0)",
    "process_dumpable": "syscall(157, 4, 1, 0, 0, 0)",
    "process_shared_memory": "syscall(31, syscall(29, 0, 4096, 0o1600), 0, 0)",
    "process_message_queue": "syscall(71, syscall(68, 0, 0o1600), 0, 0)",
    "process_semaphore": "syscall(66, syscall(64, 0, 1, 0o1600), 0, 0)",
    "process_memory_file": "os.memfd_create('x')",
    "process_keys": "syscall(250, 0, -4, 0)",
    "process_personality": "syscall(135, 0xffffffff)",
    "process_timer": "syscall(222, 0, 0, ctypes.byref(ctypes.c_int()))",
}
FILES = {
    "file_secret": "open(SPOT['secret']).read()",
    "file_reference": "open(SPOT['reference']).read()",
    "file_hidden_test": "open(SPOT['tests'] + '/double.py').read()",
    "file_recorded_cases": "open(SPOT['tests'] + '/double.json').read()",
    "file_other_submission": "open(SPOT['neighbour']).read()",
    "file_passwords": "open('/etc/passwd').read()",
    "file_own_memory": "open('/proc/self/maps').read()",
    "file_environment": "open('/proc/%d/cmdline' % os.getppid()).read()",
    "file_machine": "open('/proc/meminfo').read()",
    "file_list": "os.listdir(SPOT['tests'])",
    "file_list_root": "os.listdir('/')",
    "file_temporary": "posix.open('/tmp/attack%d' % os.getpid(), os.O_CREAT | os.O_WRONLY)",
    "file_truncate_by_reading": "os.open(SPOT['secret'], os.O_RDONLY | os.O_TRUNC | os.O_NONBLOCK)",
    "file_by_its_folder": "posix.read(posix.open('secret.txt', os.O_RDONLY, dir_fd=posix.open(os.path.dirname(SPOT['secret']), os.O_PATH)), 99)",
}
SIGHTS = {
    "see_first_process": "os.stat('/proc/1')",
    "see_grader": "os.stat('/proc/%d' % SPOT['grader'])",
    "see_open_files": "(lambda s: (s.st_nlink, s.st_size))(os.stat('/proc/%d/fd' % os.getppid()))",
    "see_threads": "os.stat('/proc/%d/task' % SPOT['grader']).st_nlink",
    "see_own_program": "os.readlink('/proc/self/exe')",
    "see_reference": "os.stat(SPOT['reference']).st_size",
    "see_recorded_cases": "os.stat(SPOT['tests'] + '/double.json').st_mtime_ns",
    "see_own_submission": "os.stat(os.path.dirname(SPOT['neighbour']) + '/see_own_submission.py')",
    "see_other_submission": "posix.lstat(SPOT['neighbour'])",
    "see_folder_of_submissions": "os.stat(os.path.dirname(SPOT['neighbour'])).st_nlink",
    "see_passwords": "os.path.exists('/etc/passwd') or 1 / 0",
    "see_by_access": "posix.access(SPOT['secret'], os.F_OK) or 1 / 0",
    "see_by_its_own_call": "syscall(332, -100, SPOT['secret'].encode(), 0, 0xfff, ctypes.create_string_buffer(256))",
    "see_above_the_root": "os.stat('/../../../../../etc/passwd')",
    "see_devices": "os.stat('/sys/kernel') and os.stat('/dev/shm')",
}
CHANGES = {
    "change_write": "open(SPOT['evidence'] + '/written', 'w')",
    "change_shared": "posix.open('/dev/shm/' + SPOT['mark'], os.O_CREAT | os.O_WRONLY)",
    "change_make_folder": "posix.mkdir(SPOT['evidence'] + '/folder%d' % time.time_ns())",
    "change_link": "os.symlink('/etc', SPOT['evidence'] + '/link%d' % time.time_ns())",
    "change_hard_link": "os.link(SPOT['secret'], SPOT['evidence'] + '/hard%d' % time.time_ns())",
    "change_pipe": "os.mkfifo(SPOT['evidence'] + '/fifo%d' % time.time_ns())",
    "change_mode": "os.chmod(SPOT['evidence'], 0o1777)",
    "change_times": "os.utime(SPOT['evidence'])",
    "change_folder": "posix.chdir(SPOT['evidence'])",
    "change_rename": "os.rename(SPOT['evidence'], SPOT['evidence'])",
}
NETWORK = {
    "net_tcp": "socket.create_connection(('127.0.0.1', SPOT['tcp']), 1).close()",
    "net_udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', SPOT['udp']))",
    "net_unix": "(lambda s: s.connect(SPOT['unix']))(socket.socket(socket.AF_UNIX))",
    "net_abstract": "(lambda s: s.connect('\\0' + SPOT['abstract']))(socket.socket(socket.AF_UNIX))",
    "net_listen": "socket.create_server(('127.0.0.1', 0)).close()",
    "net_pair": "_socket.socketpair()",
    "net_netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
    "net_six": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "net_names": "socket.getaddrinfo('localhost', 80)",
}
NEEDS_RIGHTS = {
    "root_become": "os.setuid(0) or os.getuid() == 0 or 1 / 0",
    "root_groups": "os.setgroups([0])",
    "root_mount": "syscall(165, b'a', SPOT['evidence'].encode(), b'tmpfs', 0, 0)",
    "root_chroot": "os.chroot('/')",
    "root_chroot_twice": "[posix.mkdir('/tmp/deeper'), os.chroot('/tmp/deeper'), posix.chdir('../../../..'), os.chroot('.')] and os.stat('/etc/passwd')",
    "root_pivot": "syscall(155, b'.', b'.')",
    "root_uncover": "syscall(166, b'/', 2)",
    "root_new_mount": "syscall(430, b'tmpfs', 0)",
    "root_open_tree": "syscall(428, -100, b'/', 1)",
    "root_other_namespace": "syscall(308, posix.open('/proc/1/ns/mnt', os.O_RDONLY), 0)",
    "root_namespace": "syscall(272, 0x20000)",
    "root_user_namespace": "syscall(272, 0x10000000)",
    "root_trace_parent": "syscall(101, 0x4206, os.getppid(), 0, 0)",
    "root_bpf": "syscall(321, 0, 0, 0)",
    "root_ring": "syscall(425, 8, 0)",
    "root_handle": "syscall(304, 0, 0, 0)",
    "root_module": "syscall(175, 0, 0, b'')",
    "root_reboot": "syscall(169, 0, 0, 0, 0)",
    "root_raw_socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "root_device": "os.mknod(SPOT['evidence'] + '/device', 0o20666, 0x103)",
    "root_owner": "os.chown(SPOT['secret'], os.getuid(), os.getuid())",
    "root_hostname": "socket.sethostname('hacked')",
    "root_userfault": "syscall(323, 0)",
    "root_perf": "syscall(298, 0, 0, -1, -1, 0)",
}

ATTACKS = [
    *attempts(ANY, PROCESSES),
    *attempts(("landlock", "seccomp without files"), FILES),
    *attempts(("mounts", "seccomp without files"), SIGHTS),
    *attempts(("landlock", "seccomp"), CHANGES),
    *attempts(ANY, NETWORK),
    *attempts(("seccomp", "uid"), NEEDS_RIGHTS, tame=False),
    Attack(
        "process_fork_bomb",
        ANY,
        """
        try:
            while True:
                os.fork()
        except OSError:
            pass
    """,
    ),
    Attack(
        "process_kill_all",
        ANY,
        """
        for pid in (-1, 0, os.getppid(), SPOT["grader"]):
            for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
                attempt(lambda: os.kill(pid, number))
    """,
    ),
    Attack(
        "file_fill_disk",
        ("landlock", "limits", "seccomp"),
        """
        attempt(lambda: os.write(os.open(SPOT["evidence"] + "/disk", os.O_WRONLY | os.O_CREAT), b"x" * 10**6))
    """,
    ),
]
