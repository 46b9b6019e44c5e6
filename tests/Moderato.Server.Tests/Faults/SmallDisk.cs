using System.Diagnostics;

namespace Moderato.Server.Tests.Faults;

/// <summary>A disk of its own of a few megabytes, in memory, that can be filled and emptied.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 24;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Skips the test where no disk may be mounted.</summary>
    public static SmallDisk Mount()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-disk-").FullName;
        using var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", FormattableString.Invariant($"size={Megabytes}m"), "tmpfs", folder]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        Assert.SkipUnless(mount.ExitCode == 0, "No disk may be mounted here (it takes root).");
        return new(folder);
    }

    /// <summary>Leaves less than a page free.</summary>
    public void Fill()
    {
        using var file = File.Create(Ballast);
        var zeros = new byte[4_096];
        try
        {
            while (true)
            {
                file.Write(zeros);
                file.Flush();
            }
        }
        catch (IOException)
        {
        }
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        using var unmount = Process.Start("umount", ["-l", Folder]);
        unmount.WaitForExit();
        Directory.Delete(Folder);
    }
}
