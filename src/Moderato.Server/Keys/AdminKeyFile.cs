namespace Moderato.Server.Keys;

/// <summary>The first admin key, in a file that only its owner can read.</summary>
public static class AdminKeyFile
{
    public const string Name = "admin.key";

    /// <summary>Written whole or not at all. One that is there already belongs to a store that is not, and is replaced.</summary>
    public static void Write(string directory, string key)
    {
        string unfinished = Path.Combine(directory, Name + ".tmp");
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(unfinished, options))
        {
            file.WriteLine(key);
        }

        File.Move(unfinished, Path.Combine(directory, Name), overwrite: true);
    }
}
