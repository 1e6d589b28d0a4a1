//! A limit on the time that a program may take: `rustsci-python -X time_limit=SECONDS …`.

use std::thread;
use std::time::Duration;

use rustpython_vm::VirtualMachine;
use rustpython_vm::signal::{UserSignal, user_signal_channel};

/// What the process ends with where a program did not heed the exception; `timeout(1)` uses the same.
const OVERTIME: i32 = 124;

/// How long a program has to end itself once it has been told.
const GRACE: Duration = Duration::from_secs(2);

/// The limit that the command line asks for.
///
/// # Errors
/// If it is not a number of seconds.
pub(crate) fn asked_for(options: &[(String, Option<String>)]) -> Result<Option<Duration>, String> {
    let named = |(name, _): &&(String, Option<String>)| {
        matches!(name.as_str(), "time_limit" | "time-limit")
    };
    let Some((_, value)) = options.iter().rfind(named) else {
        return Ok(None);
    };
    let text = value.as_deref().unwrap_or_default();
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|limit| !limit.is_zero())
        .map(Some)
        .ok_or_else(|| format!("-X time_limit needs a number of seconds above zero, got '{text}'"))
}

/// Raises `TimeoutError` in the program when its time is up, and ends the process where that is of no use.
pub(crate) fn enforce(vm: &mut VirtualMachine, limit: Duration) {
    let (sender, receiver) = user_signal_channel();
    vm.set_user_signal_channel(receiver);
    let message = format!("the time limit of {} s is up", limit.as_secs_f64());
    let watch = move || {
        thread::sleep(limit);
        let told = message.clone();
        let signal: UserSignal = Box::new(move |vm| {
            let class = vm.ctx.exceptions.timeout_error.to_owned();
            Err(vm.new_exception_msg(class, told.into()))
        });
        let _ = sender.send(signal);
        thread::sleep(GRACE);
        eprintln!("rustsci-python: {message}, and the program goes on: the process ends here");
        std::process::exit(OVERTIME);
    };
    if let Err(error) = thread::Builder::new()
        .name("time limit".to_owned())
        .spawn(watch)
    {
        eprintln!(
            "rustsci-python: the time limit cannot be kept here, for want of a thread: {error}"
        );
        std::process::exit(1);
    }
}
