"""MLflow: a pyfunc model that takes base64 in a column, behind MLflow's own scoring server."""

import base64
import io
import os
import sys
import tempfile
from pathlib import Path

import mlflow
import pandas
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from model import classify


class Colors(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: pandas.DataFrame, params=None):
        return [classify(Image.open(io.BytesIO(base64.b64decode(text)))) for text in model_input["image"]]


if __name__ == "__main__":
    home = Path(tempfile.mkdtemp()) / "colors"
    mlflow.pyfunc.save_model(home, python_model=Colors(), code_paths=[str(Path(__file__).parent / "model.py")])
    words = ["models", "serve", "-m", str(home), "--env-manager", "local", "--host", "127.0.0.1", "--port", sys.argv[1]]
    os.execv(sys.executable, [sys.executable, "-m", "mlflow", *words])
