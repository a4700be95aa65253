# Diagnoses 901 to 903: graphics cards. How attributes are chosen stands in diagnosis.ftl.

diagnosis-gpu-toolkit_missing =
    .title = Docker cannot hand the graphics card to { $service }
    .why = For that Docker needs the NVIDIA Container Toolkit. It is not installed, or it came after Docker was started.
    .step-1 = See whether there is a card with a working driver: nvidia-smi
    .step-2 = Ask the vendor for nvidia-container-toolkit for this system, or have an administrator install it from your software source.
    .step-3 = Tell Docker about it: sudo nvidia-ctk runtime configure --runtime=docker, then sudo systemctl restart docker. Running services stop for a moment.
    .step-4 = If there is no card, ask the vendor whether the package also runs without one.
    .step-5 = Start { $service } again, and check again.
    .no-systemd-step-1 = See whether there is a card with a working driver: nvidia-smi
    .no-systemd-step-2 = Ask the vendor for nvidia-container-toolkit for this system, or have an administrator install it from your software source.
    .no-systemd-step-3 = Tell Docker about it: sudo nvidia-ctk runtime configure --runtime=docker, then sudo service docker restart. Running services stop for a moment.
    .no-systemd-step-4 = If there is no card, ask the vendor whether the package also runs without one.
    .no-systemd-step-5 = Start { $service } again, and check again.
    .rootless-step-1 = See whether there is a card with a working driver: nvidia-smi
    .rootless-step-2 = Ask the vendor for nvidia-container-toolkit for this system, or have an administrator install it from your software source.
    .rootless-step-3 = Tell Docker about it: nvidia-ctk runtime configure --runtime=docker --config=$HOME/.config/docker/daemon.json, then sudo nvidia-ctk config --set nvidia-container-cli.no-cgroups --in-place, then systemctl --user restart docker. Running services stop for a moment.
    .rootless-step-4 = If there is no card, ask the vendor whether the package also runs without one.
    .rootless-step-5 = Start { $service } again, and check again.
    .snap-step-1 = See whether there is a card with a working driver: nvidia-smi
    .snap-step-2 = The Docker of snap takes the card only under some conditions: ask the vendor whether the package runs with it, or needs another Docker.
    .snap-step-3 = If there is no card, ask the vendor whether the package also runs without one.
    .snap-step-4 = Start { $service } again, and check again.
    .podman-why = For that Podman needs the NVIDIA Container Toolkit and its description of the card (CDI). One of them is missing.
    .podman-step-1 = See whether there is a card with a working driver: nvidia-smi
    .podman-step-2 = Ask the vendor for nvidia-container-toolkit for this system, or have an administrator install it from your software source.
    .podman-step-3 = Make the description: sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml
    .podman-step-4 = If there is no card, ask the vendor whether the package also runs without one.
    .podman-step-5 = Start { $service } again, and check again.
    .desktop-why = Docker Desktop hands out NVIDIA cards on Windows with WSL 2 and a driver of NVIDIA, and not at all on a Mac.
    .desktop-step-1 = On Windows, see whether there is a card with a working driver: nvidia-smi
    .desktop-step-2 = Switch on Settings, General, "Use the WSL 2 based engine" in Docker Desktop, and restart it.
    .desktop-step-3 = On a Mac, or without such a card, ask the vendor whether the package also runs without one.
    .desktop-step-4 = Start { $service } again, and check again.

diagnosis-gpu-driver_unavailable =
    .title = The driver of the graphics card does not answer, and { $service } needs it
    .why = The driver is not loaded, or it was updated and the old one is still in the kernel until the computer is restarted.
    .step-1 = Restart the computer when the services may stand still for a moment. After an update of the driver or the kernel nothing else helps.
    .step-2 = See whether the driver answers: nvidia-smi
    .step-3 = If it does not, have an administrator install the driver for this kernel again, with files from the vendor or your software source. With Secure Boot it has to be signed.
    .step-4 = If there is no card, ask the vendor whether the package also runs without one.
    .step-5 = Start { $service } again, and check again.
    .desktop-step-1 = Restart the computer.
    .desktop-step-2 = On Windows, see whether the driver answers: nvidia-smi. If it does not, have an administrator install the driver of NVIDIA for Windows, with a file from the vendor.
    .desktop-step-3 = On a Mac, or without such a card, ask the vendor whether the package also runs without one.
    .desktop-step-4 = Start { $service } again, and check again.

diagnosis-gpu-requirement_unmet =
    .title = The graphics card or its driver is not enough for { $service }
    .why = The program needs CUDA { $minimum } or newer. Either the driver is too old for that, or the card is.
    .plain-why = The program asks for a newer driver (CUDA), a newer card, or more memory of the card than there is.
    .step-1 = See what is there: nvidia-smi shows the driver, its CUDA version, and how much memory of the card is in use.
    .step-2 = If memory of the card is short, close other programs that use it, or ask the vendor for smaller settings of { $service }.
    .step-3 = If the driver is too old, have an administrator install a newer one, with files from the vendor or your software source, and restart the computer.
    .step-4 = If the card itself is too old, ask the vendor for an image of { $service } for this card, or one that runs without.
    .step-5 = Start { $service } again, and check again.
