/** Processor architectures that the filter knows, by Node's names. */
export type Architecture = 'x64' | 'arm64';

/** Number on x86-64 and on aarch64; undefined if the architecture does not have the call. */
type Numbers = readonly [x64: number | undefined, arm64: number | undefined];

/**
 * System calls that no program of a submission needs, by what they would give access to.
 *
 * Not listed are calls that V8, glibc, Go's runtime and bubblewrap's own last steps (`execve`, `prctl`, `prlimit64`)
 * use, and those that only query a descriptor (`getsockopt`, `getsockname`), with which Node finds out what its pipes
 * are.
 *
 * Source: Linux 6.1, `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
 */
export const REFUSED: Readonly<Record<string, Readonly<Record<string, Numbers>>>> = {
  network: {
    socket: [41, 198],
    socketpair: [53, 199],
    bind: [49, 200],
    listen: [50, 201],
    accept: [43, 202],
    accept4: [288, 242],
    connect: [42, 203],
    sendto: [44, 206],
    recvfrom: [45, 207],
    sendmsg: [46, 211],
    recvmsg: [47, 212],
    sendmmsg: [307, 269],
    recvmmsg: [299, 243],
  },
  'new processes': { fork: [57, undefined], vfork: [58, undefined], execveat: [322, 281] },
  'other processes': {
    ptrace: [101, 117],
    process_vm_readv: [310, 270],
    process_vm_writev: [311, 271],
    process_madvise: [440, 440],
    process_mrelease: [448, 448],
    kcmp: [312, 272],
    pidfd_open: [434, 434],
    pidfd_send_signal: [424, 424],
    pidfd_getfd: [438, 438],
  },
  'mounts and namespaces': {
    mount: [165, 40],
    umount2: [166, 39],
    pivot_root: [155, 41],
    chroot: [161, 51],
    open_tree: [428, 428],
    move_mount: [429, 429],
    fsopen: [430, 430],
    fsconfig: [431, 431],
    fsmount: [432, 432],
    fspick: [433, 433],
    mount_setattr: [442, 442],
    unshare: [272, 97],
    setns: [308, 268],
    name_to_handle_at: [303, 264],
    open_by_handle_at: [304, 265],
    mknod: [133, undefined],
    mknodat: [259, 33],
  },
  'other identities': {
    setuid: [105, 146],
    setgid: [106, 144],
    setreuid: [113, 145],
    setregid: [114, 143],
    setgroups: [116, 159],
    setresuid: [117, 147],
    setresgid: [119, 149],
    setfsuid: [122, 151],
    setfsgid: [123, 152],
    capset: [126, 91],
    personality: [135, 92],
  },
  'large attack surfaces of the kernel': {
    bpf: [321, 280],
    perf_event_open: [298, 241],
    io_uring_setup: [425, 425],
    io_uring_enter: [426, 426],
    io_uring_register: [427, 427],
    io_setup: [206, 0],
    io_destroy: [207, 1],
    io_submit: [209, 2],
    io_cancel: [210, 3],
    io_getevents: [208, 4],
    io_pgetevents: [333, 292],
    userfaultfd: [323, 282],
    memfd_create: [319, 279],
    memfd_secret: [447, 447],
    vmsplice: [278, 75],
    splice: [275, 76],
    tee: [276, 77],
    remap_file_pages: [216, 234],
    seccomp: [317, 277],
    modify_ldt: [154, undefined],
    fanotify_init: [300, 262],
    fanotify_mark: [301, 263],
    lookup_dcookie: [212, 18],
    uselib: [134, undefined],
    ustat: [136, undefined],
    sysfs: [139, undefined],
    _sysctl: [156, undefined],
  },
  keys: { add_key: [248, 217], request_key: [249, 218], keyctl: [250, 219] },
  'memory that outlives a process': {
    shmget: [29, 194],
    shmctl: [31, 195],
    shmat: [30, 196],
    shmdt: [67, 197],
    semget: [64, 190],
    semctl: [66, 191],
    semtimedop: [220, 192],
    semop: [65, 193],
    msgget: [68, 186],
    msgctl: [71, 187],
    msgrcv: [70, 188],
    msgsnd: [69, 189],
    mq_open: [240, 180],
    mq_unlink: [241, 181],
    mq_timedsend: [242, 182],
    mq_timedreceive: [243, 183],
    mq_notify: [244, 184],
    mq_getsetattr: [245, 185],
  },
  'placement of memory': {
    mbind: [237, 235],
    get_mempolicy: [239, 236],
    set_mempolicy: [238, 237],
    set_mempolicy_home_node: [450, 450],
    migrate_pages: [256, 238],
    move_pages: [279, 239],
  },
  'the whole machine': {
    init_module: [175, 105],
    finit_module: [313, 273],
    delete_module: [176, 106],
    kexec_load: [246, 104],
    kexec_file_load: [320, 294],
    reboot: [169, 142],
    syslog: [103, 116],
    sethostname: [170, 161],
    setdomainname: [171, 162],
    swapon: [167, 224],
    swapoff: [168, 225],
    acct: [163, 89],
    quotactl: [179, 60],
    quotactl_fd: [443, 443],
    vhangup: [153, 58],
    iopl: [172, undefined],
    ioperm: [173, undefined],
    nfsservctl: [180, 42],
    settimeofday: [164, 170],
    clock_settime: [227, 112],
    clock_adjtime: [305, 266],
    adjtimex: [159, 171],
  },
};

/** Calls with special rules: `clone` may start threads, and `clone3` hides its flags. */
export const CLONE: Numbers = [56, 220];
export const CLONE3: Numbers = [435, 435];

/** The last call that the tables above cover: newer ones are reported as missing. */
export const LAST_KNOWN = 450;

export const numberOn = (architecture: Architecture, [x64, arm64]: Numbers): number | undefined =>
  architecture === 'x64' ? x64 : arm64;
